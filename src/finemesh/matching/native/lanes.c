/* The distances of one code to sixteen others side by side: what distance() gives for each, some five times as fast.
 *
 * The table of costs between two codes is filled column by column, with a lane of the vector registers for each of the others; the
 * costs of a sign for all lanes' signs are looked up by shuffling its row of the table. Where there are no such instructions the
 * codes are measured one by one.
 */
#include "kernel.h"

static void one_by_one(const Scheme *s, const uint8_t *a, int la, int abjad, const Lanes *x, int *out) {
    for (int k = 0; k < x->count; k++) out[k] = distance(s, a, la, x->code[k], x->length[k], abjad, x->most[k]);
}

#if defined(__x86_64__) && defined(__GNUC__)
#include <emmintrin.h>
#include <tmmintrin.h>

enum { LOW, HIGH }; /* the halves of sixteen lanes */
typedef __m128i Column[LONGEST + 1][2];

#define WIDE __attribute__((target("ssse3")))

/* For signs, where they stand in each of three pieces of sixteen of a table's row. */
WIDE static inline void split_signs(__m128i sign, __m128i *piece) {
    __m128i from16 = _mm_cmpgt_epi8(sign, _mm_set1_epi8(15)), from32 = _mm_cmpgt_epi8(sign, _mm_set1_epi8(31));
    piece[0] = _mm_or_si128(sign, from16); /* a place with the highest bit set gives 0 */
    piece[1] = _mm_or_si128(_mm_sub_epi8(sign, _mm_set1_epi8(16)), from32);
    piece[2] = _mm_or_si128(_mm_sub_epi8(sign, _mm_set1_epi8(SIGNS - 16)), _mm_andnot_si128(from32, _mm_set1_epi8(-1)));
}

WIDE static inline __m128i look_up(const uint8_t *row, const __m128i *piece) {
    __m128i found = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)row), piece[0]);
    found = _mm_or_si128(found, _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(row + 16)), piece[1]));
    return _mm_or_si128(found, _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(row + SIGNS - 16)), piece[2]));
}

/* Sixteen costs as two times eight. */
WIDE static inline void widen(__m128i costs, __m128i *out) {
    out[LOW] = _mm_unpacklo_epi8(costs, _mm_setzero_si128());
    out[HIGH] = _mm_unpackhi_epi8(costs, _mm_setzero_si128());
}

WIDE static inline void exchange(__m128i are, const __m128i *older, __m128i *best) {
    __m128i is[2] = {_mm_unpacklo_epi8(are, are), _mm_unpackhi_epi8(are, are)};
    for (int h = LOW; h <= HIGH; h++) {
        __m128i cost = _mm_add_epi16(older[h], _mm_set1_epi16(SWAP_COST));
        cost = _mm_or_si128(cost, _mm_andnot_si128(is[h], _mm_set1_epi16(INT16_MAX)));
        best[h] = _mm_min_epi16(best[h], cost);
    }
}

/* One column: the signs of all lanes are `sign`, those before them `last`. `low` becomes the least cost of each lane. */
WIDE static void fill_column(const Scheme *s, int abjad, const uint8_t *a, int la, __m128i sign, __m128i last, Column now,
                             Column before, Column older, __m128i *low) {
    __m128i piece[3], drop[2], sub[2], best[2], up[2];
    split_signs(sign, piece);
    widen(look_up(s->drop[abjad], piece), drop);
    for (int h = LOW; h <= HIGH; h++) low[h] = now[0][h] = up[h] = _mm_add_epi16(before[0][h], drop[h]);
    for (int i = 0; i < la; i++) {
        widen(look_up(s->change[abjad][a[i]], piece), sub);
        __m128i lost = _mm_set1_epi16(s->drop[abjad][a[i]]);
        for (int h = LOW; h <= HIGH; h++) {
            best[h] = _mm_min_epi16(_mm_add_epi16(before[i][h], sub[h]), _mm_add_epi16(before[i + 1][h], drop[h]));
            best[h] = _mm_min_epi16(best[h], _mm_add_epi16(up[h], lost));
        }
        if (i && a[i] != a[i - 1]) {
            __m128i are = _mm_and_si128(_mm_cmpeq_epi8(last, _mm_set1_epi8((char)a[i])), _mm_cmpeq_epi8(sign, _mm_set1_epi8((char)a[i - 1])));
            if (_mm_movemask_epi8(are)) exchange(are, older[i - 1], best);
        }
        for (int h = LOW; h <= HIGH; h++) {
            now[i + 1][h] = up[h] = best[h];
            low[h] = _mm_min_epi16(low[h], best[h]);
        }
    }
}

/* Sixteen times sixteen bytes, columns for rows. */
WIDE static inline void turn(const __m128i *rows, __m128i *columns) {
    __m128i half[LANES];
    const __m128i *from = rows;
    for (int step = 0; step < 4; step++) {
        __m128i *to = step & 1 ? columns : half;
        for (int i = 0; i < LANES / 2; i++) {
            __m128i low = from[i], high = from[i + LANES / 2];
            to[2 * i] = _mm_unpacklo_epi8(low, high), to[2 * i + 1] = _mm_unpackhi_epi8(low, high);
        }
        from = to;
    }
}

/* The signs of all lanes by place; codes have room for LONGEST signs. */
WIDE static void lay_out(const Lanes *x, __m128i *signs) {
    for (int from = 0; from < x->longest; from += LANES) {
        __m128i rows[LANES];
        for (int k = 0; k < LANES; k++)
            rows[k] = k < x->count ? _mm_loadu_si128((const __m128i *)(x->code[k] + from)) : _mm_setzero_si128();
        turn(rows, signs + from);
    }
}

WIDE static void side_by_side(const Scheme *s, const uint8_t *a, int la, int abjad, const Lanes *x, int *out) {
    Column rows[3];
    __m128i signs[LONGEST], low[2][2], length[2], most[2], end[2], last = _mm_set1_epi8(-1);
    int16_t lengths[LANES] = {0}, mosts[LANES] = {0}, ends[LANES];
    for (int i = 0, sum = 0; i <= la; sum += i < la ? s->drop[abjad][a[i]] : 0, i++)
        rows[2][i][LOW] = rows[2][i][HIGH] = _mm_set1_epi16((short)sum);
    for (int k = 0; k < x->count; k++) lengths[k] = (int16_t)x->length[k], mosts[k] = (int16_t)x->most[k];
    for (int h = LOW; h <= HIGH; h++) {
        length[h] = _mm_loadu_si128((const __m128i *)(lengths + 8 * h)), most[h] = _mm_loadu_si128((const __m128i *)(mosts + 8 * h));
        end[h] = _mm_add_epi16(most[h], _mm_set1_epi16(1));
        low[1][h] = _mm_setzero_si128();
    }
    lay_out(x, signs);
    for (int j = 0; j < x->longest; j++) {
        Column *now = &rows[j % 3], *before = &rows[(j + 2) % 3], *older = &rows[(j + 1) % 3];
        __m128i *lows = low[j & 1], *lows_before = low[!(j & 1)], alive = _mm_setzero_si128(), done = _mm_set1_epi16((short)(j + 1));
        fill_column(s, abjad, a, la, signs[j], last, *now, *before, *older, lows);
        last = signs[j];
        for (int h = LOW; h <= HIGH; h++) {
            __m128i ended = _mm_cmpeq_epi16(length[h], done), goes_on = _mm_cmpgt_epi16(length[h], done);
            end[h] = _mm_or_si128(_mm_andnot_si128(ended, end[h]), _mm_and_si128(ended, (*now)[la][h]));
            __m128i reach = _mm_min_epi16(lows[h], _mm_add_epi16(lows_before[h], _mm_set1_epi16(SWAP_COST)));
            alive = _mm_or_si128(alive, _mm_andnot_si128(_mm_cmpgt_epi16(reach, most[h]), goes_on));
        }
        if (!_mm_movemask_epi8(alive)) break;
    }
    for (int h = LOW; h <= HIGH; h++) _mm_storeu_si128((__m128i *)(ends + 8 * h), end[h]);
    for (int k = 0; k < x->count; k++) out[k] = ends[k];
}

void distances(const Scheme *s, const uint8_t *a, int la, int abjad, const Lanes *x, int *out) {
    if (x->count > 2 && __builtin_cpu_supports("ssse3")) side_by_side(s, a, la, abjad, x, out);
    else one_by_one(s, a, la, abjad, x, out);
}
#else
void distances(const Scheme *s, const uint8_t *a, int la, int abjad, const Lanes *x, int *out) { one_by_one(s, a, la, abjad, x, out); }
#endif
