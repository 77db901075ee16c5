/* How alike two words are, one by one and one against many: the twin of the first half of similarity.py. */
#include "kernel.h"
#include <stdlib.h>
#include <string.h>

enum { JOINED_FLOOR = 850 };

uint64_t mask_of(const Scheme *s, const uint8_t *code, int length) {
    uint64_t mask = 0;
    for (int i = 0; i < length; i++) {
        int c = s->sign_class[code[i]];
        if (!c) continue;
        uint64_t field = (uint64_t)63 << 6 * (c < 10 ? c - 1 : 9);
        mask |= (mask & field) << 1 & field;
        mask |= (uint64_t)1 << 6 * (c < 10 ? c - 1 : 9);
    }
    return mask;
}

/* The least cost that turns one code into the other, or more than `most` where it is more than that. */
int distance(const Scheme *s, const uint8_t *a, int la, const uint8_t *b, int lb, int abjad, int most) {
    int rows[3][MAX_JOINED + 1];
    const uint8_t *drop = s->drop[abjad];
    int *older = rows[0], *before = rows[1], *row = rows[2];
    int low_before = 0;
    row[0] = 0;
    for (int j = 0; j < lb; j++) row[j + 1] = row[j] + drop[b[j]];
    for (int i = 0; i < la; i++) {
        int *spare = older;
        older = before, before = row, row = spare;
        const uint8_t *line = s->change[abjad][a[i]];
        int lost = drop[a[i]];
        int lowest = row[0] = before[0] + lost;
        for (int j = 0; j < lb; j++) {
            int best = least(before[j] + line[b[j]], least(before[j + 1] + lost, row[j] + drop[b[j]]));
            if (i && j && a[i] == b[j - 1] && a[i - 1] == b[j] && a[i] != b[j]) best = least(best, older[j - 1] + SWAP_COST);
            row[j + 1] = best;
            lowest = least(lowest, best);
        }
        if (lowest > most && low_before + SWAP_COST > most) return most + 1;
        low_before = lowest;
    }
    return row[lb];
}

static int codes_equal(const uint8_t *a, int la, const uint8_t *b, int lb) { return la == lb && !memcmp(a, b, la); }

static int likeness_above(const Scheme *s, int floor, const uint8_t *a, int la, const uint8_t *b, int lb, int abjad) {
    if (codes_equal(a, la, b, lb)) return 1000;
    if (!la || !lb) return 0;
    int most = (1000 - floor) * (la + lb) / 20 + 1;
    int cost = distance(s, a, la, b, lb, abjad, most);
    if (cost > most) return 0; /* it may be no more than a bound */
    int found = 1000 - 20 * cost / (la + lb);
    return found >= floor ? found : 0;
}

static int is_grouped(Words *a, Words *b) { return a->group && a->group == b->group; }

/* The likeness of two words whose codes are so much alike: what tables say of them counts as well. */
static int settled(const Scheme *s, Words *a, Words *b, int found) {
    int traits = a->traits & b->traits;
    if (is_grouped(a, b)) {
        if (found < s->group) found = s->group;
    } else if ((traits & NAMED) && found < 1000)
        found -= s->other_name;
    int floor = (traits & (SYLLABLE | ABJAD)) && s->floor_syllable > s->floor ? s->floor_syllable : s->floor;
    return found >= floor ? found : 0;
}

enum { MEASURE = -1 };

/* What is known of two words without measuring: their likeness, or MEASURE. */
static int quick_likeness(const Scheme *s, const Words *x, uint32_t a, const Words *y, uint32_t b) {
    if (x[a].key && x[a].key == y[b].key) return 1000;
    int ka = x[a].kind, kb = y[b].kind;
    if (ka == NUMBER && kb == NUMBER) return 0;
    if (x[a].traits & y[b].traits & STRICT) {
        if (x[a].group != y[b].group) return 0;
        return codes_equal(code_of(x, a), code_length(x, a), code_of(y, b), code_length(y, b)) ? 1000 : 980;
    }
    if ((ka == INITIAL) != (kb == INITIAL))
        return code_length(x, a) && code_length(y, b) && code_of(x, a)[0] == code_of(y, b)[0] ? s->initial : 0;
    return are_far(x[a].mask, y[b].mask) ? settled(s, &x[a], &y[b], 0) : MEASURE;
}

int word_likeness(const Scheme *s, const Words *x, uint32_t a, const Words *y, uint32_t b) {
    int found = quick_likeness(s, x, a, y, b);
    if (found != MEASURE) return found;
    found = likeness_above(s, s->floor, code_of(x, a), code_length(x, a), code_of(y, b), code_length(y, b),
                           (x[a].traits ^ y[b].traits) & ABJAD);
    return settled(s, &x[a], &y[b], found);
}

/* Whether a word may be some others, so long together, written as one. */
static int may_be_whole(const Words *w, uint32_t id, int length) {
    int kind = w[id].kind;
    return kind != HONORIFIC && kind != INITIAL && abs(length - code_length(w, id)) <= 2;
}

int joined_likeness(const Scheme *s, const uint8_t *code, int length, int traits, const Words *w, uint32_t whole) {
    if (length < 0 || !may_be_whole(w, whole, length)) return 0;
    if (are_far(mask_of(s, code, length), w[whole].mask)) return 0;
    int found = likeness_above(s, JOINED_FLOOR, code, length, code_of(w, whole), code_length(w, whole), (traits ^ w[whole].traits) & ABJAD);
    return found ? found - 10 : 0;
}

/* Measures what is in the lanes; `out` by place. */
static void measure(const Scheme *s, const uint8_t *a, int la, int abjad, int floor, Lanes *x, uint16_t *out) {
    int cost[LANES];
    if (x->count) distances(s, a, la, abjad, x, cost);
    for (int k = 0; k < x->count; k++) {
        int found = cost[k] > x->most[k] ? 0 : 1000 - 20 * cost[k] / (la + x->length[k]);
        out[x->place[k]] = found >= floor ? found : 0;
    }
    x->count = x->longest = 0;
}

/* likeness_above() of one code and many: puts another one into a lane, or finds its likeness without. */
static void put_lane(const Scheme *s, int floor, const uint8_t *a, int la, int abjad, const uint8_t *b, int lb, int place, Lanes *x,
                     uint16_t *out) {
    if (la > LONGEST || lb > LONGEST || !la || !lb || codes_equal(a, la, b, lb)) {
        out[place] = likeness_above(s, floor, a, la, b, lb, abjad);
        return;
    }
    int k = x->count++;
    x->code[k] = b, x->length[k] = lb, x->place[k] = place, x->most[k] = (1000 - floor) * (la + lb) / 20 + 1;
    if (lb > x->longest) x->longest = lb;
    if (x->count == LANES) measure(s, a, la, abjad, floor, x, out);
}

void word_likenesses(const Scheme *s, const Words *x, uint32_t a, const Words *y, const uint32_t *b, int count, uint16_t *out) {
    Lanes lanes[2];
    const uint8_t *code = code_of(x, a);
    int length = code_length(x, a);
    for (int abjad = 0; abjad < 2; abjad++) lanes[abjad].count = lanes[abjad].longest = 0;
    for (int i = 0; i < count; i++) {
        int found = quick_likeness(s, x, a, y, b[i]), abjad = (x[a].traits ^ y[b[i]].traits) & ABJAD;
        out[i] = found;
        if (found == MEASURE)
            put_lane(s, s->floor, code, length, abjad, code_of(y, b[i]), code_length(y, b[i]), i, &lanes[abjad], out);
    }
    for (int abjad = 0; abjad < 2; abjad++) measure(s, code, length, abjad, s->floor, &lanes[abjad], out);
    for (int i = 0; i < count; i++) {
        Words *other = &y[b[i]];
        if (!is_grouped(&x[a], other) && !(x[a].traits & other->traits & (NAMED | SYLLABLE | ABJAD))) continue;
        if (quick_likeness(s, x, a, y, b[i]) == MEASURE) out[i] = settled(s, &x[a], other, out[i]);
    }
}

void joined_likenesses(const Scheme *s, const uint8_t *code, int length, int traits, const Words *w, const uint32_t *ids, int count,
                       uint16_t *out) {
    Lanes lanes[2];
    uint64_t mask = mask_of(s, code, length);
    for (int abjad = 0; abjad < 2; abjad++) lanes[abjad].count = lanes[abjad].longest = 0;
    for (int i = 0; i < count; i++) {
        uint32_t id = ids[i];
        int abjad = (traits ^ w[id].traits) & ABJAD;
        out[i] = 0;
        if (length >= 0 && may_be_whole(w, id, length) && !are_far(mask, w[id].mask))
            put_lane(s, JOINED_FLOOR, code, length, abjad, code_of(w, id), code_length(w, id), i, &lanes[abjad], out);
    }
    for (int abjad = 0; abjad < 2; abjad++) measure(s, code, length, abjad, JOINED_FLOOR, &lanes[abjad], out);
    for (int i = 0; i < count; i++)
        if (out[i]) out[i] -= 10;
}
