/* Names in running text: the twin of scan_text.py and scan_find.PlainFinder.
 *
 * One pass over the text's code points makes words (place, number of the folded letters); from each word on, the numbers
 * of longer and longer sequences of words are looked up in a table that lies in the index. No memory is owned here.
 */
#include "kernel.h"
#include <stddef.h>

enum { OTHER, LETTER, SIGN, MARK, APOSTROPHE };
enum { SPACE, LINE, STOP, DOT, COMMA, PUNCTUATION, HYPHEN };
enum { GAP_COMMA = 1, NOT_JOINED = 2, BROKEN = 4 };
enum { NEEDS_CAPITALS = 1, NO_COMMA = 2 };
enum { IS_UPPER = 1, IS_LOWER = 2, HAS_LOWER = 4 };
enum { MAX_LETTERS = 60, MAX_ENDING = 4, MAX_GAP = 64, MOST_WORDS = 16, MOST_HITS = 64, MOST_STEPS = 200, TOKENS = 512 };
#define VALUE 0x1FFFFFu
#define MANY (1u << 27)
#define UPPER (1u << 28)
#define LOWER (1u << 29)
#define LOOSE (1u << 30)
#define CLASS(cell) ((cell) >> 21 & 7)
#define GAP(cell) ((cell) >> 24 & 7)
#define SEED 0xCBF29CE484222325u
#define PRIME 0x100000001B3u

typedef struct {
    const uint16_t *pages;
    const uint32_t *cells, *more;
    const uint64_t *keys; /* open addressing, 0: empty */
    const uint32_t *values; /* (entry + 1) * 2 + whether longer names go on */
    const uint64_t *filter; /* bits of the numbers of first words */
    const uint8_t *flags; /* of entries */
    uint64_t slot_mask, filter_mask;
} Table;

typedef struct {
    uint32_t start, end, entry, words;
} Hit;

typedef struct {
    uint64_t key, short_key; /* short_key: without an ending behind an apostrophe; 0: none */
    uint32_t start, end, after, short_end, late; /* late: where the word begins without its first part */
    uint8_t flags;
} Token;

typedef struct {
    const Table *table;
    const uint32_t *text;
    uint32_t length;
    const Token *tokens;
    int count, steps, found;
    Hit *out;
} Search;

static inline uint32_t cell_of(const Table *t, uint32_t code) {
    return code > 0x10FFFF ? 0 : t->cells[(uint32_t)t->pages[code >> 8] << 8 | (code & 255)];
}

static inline uint64_t mixed(uint64_t v) {
    v = (v ^ v >> 33) * 0xFF51AFD7ED558CCDu;
    v = (v ^ v >> 33) * 0xC4CEB9FE1A85EC53u;
    return v ^ v >> 33;
}

static inline uint64_t chain(uint64_t before, uint64_t word) { return mixed(before * 0xD6E8FEB86659FD93u + word); }

/* What the hash of a word knows while it grows. */
typedef struct {
    uint64_t value, loose;
    uint32_t letters, first;
} Hash;

static inline void feed(Hash *h, uint32_t code) {
    if (h->letters >= MAX_LETTERS) return;
    if (!h->letters++) h->first = code & VALUE;
    if (code & LOOSE) h->loose += (uint64_t)(code & VALUE) * 0x9E3779B97F4A7C15u;
    else h->value = (h->value ^ (code & VALUE)) * PRIME;
}

static inline void feed_cell(const Table *t, Hash *h, uint32_t cell) {
    if (cell & MANY) {
        const uint32_t *codes = t->more + (cell & VALUE);
        for (uint32_t i = 1; i <= codes[0]; i++) feed(h, codes[i]);
    } else if (cell & VALUE) feed(h, cell & (VALUE | LOOSE));
}

static const uint16_t ENDINGS3[][3] = {
    {0x430, 0x43C, 0x438}, {0x44F, 0x43C, 0x438}, {0x43E, 0x433, 0x43E}, {0x435, 0x433, 0x43E}, {0x43E, 0x43C, 0x443},
    {0x435, 0x43C, 0x443}, {0x44B, 0x43C, 0x438}, {0x438, 0x43C, 0x438}, {0x43E, 0x432, 0x456}, {0x435, 0x432, 0x456},
    {0x43E, 0x433, 0x430}, {0x438, 0x43C, 0x430}};
static const uint16_t ENDINGS2[][2] = {
    {0x43E, 0x438}, {0x435, 0x438}, {0x43E, 0x43C}, {0x435, 0x43C}, {0x44B, 0x43C}, {0x438, 0x43C}, {0x456, 0x43C},
    {0x44B, 0x445}, {0x438, 0x445}, {0x456, 0x445}, {0x430, 0x445}, {0x44F, 0x445}, {0x430, 0x43C}, {0x44F, 0x43C},
    {0x443, 0x44E}, {0x44E, 0x44E}, {0x43E, 0x44E}, {0x435, 0x44E}};

static int is_vowel(uint32_t c) {
    switch (c) {
    case 0x430: case 0x435: case 0x438: case 0x43E: case 0x443: case 0x44B: case 0x44D: case 0x44E: case 0x44F:
    case 0x456: case 0x454: case 0x44C: case 0x44A: return 1;
    default: return 0;
    }
}

static int ends3(const uint32_t *w) {
    for (size_t i = 0; i < sizeof ENDINGS3 / sizeof *ENDINGS3; i++)
        if (w[0] == ENDINGS3[i][0] && w[1] == ENDINGS3[i][1] && w[2] == ENDINGS3[i][2]) return 1;
    return 0;
}

static int ends2(const uint32_t *w) {
    for (size_t i = 0; i < sizeof ENDINGS2 / sizeof *ENDINGS2; i++)
        if (w[0] == ENDINGS2[i][0] && w[1] == ENDINGS2[i][1]) return 1;
    return 0;
}

/* scan_text.stem, in place; the new length. */
static uint32_t stem(uint32_t *word, uint32_t n) {
    if (n < 4) return n;
    for (;;) {
        if (n >= 6 && ends3(word + n - 3)) n -= 3;
        else if (n >= 5 && ends2(word + n - 2)) n -= 2;
        else if (n >= 3 && is_vowel(word[n - 1])) n -= 1;
        else break;
    }
    if (n >= 4 && (word[n - 1] == 0x43B || word[n - 1] == 0x446 || word[n - 1] == 0x43A) &&
        (word[n - 2] == 0x435 || word[n - 2] == 0x43E) && !is_vowel(word[n - 3])) {
        word[n - 2] = word[n - 1];
        n--;
    }
    return n;
}

/* The number of the word that characters from `start` to `end` (and then from `more` to `more_end`) write. */
static uint64_t key_between(const Table *t, const uint32_t *text, uint32_t start, uint32_t end, uint32_t more,
                            uint32_t more_end) {
    uint32_t letters[MAX_LETTERS], n = 0;
    for (int part = 0; part < 2; part++) {
        uint32_t from = part ? more : start, to = part ? more_end : end, room = n;
        for (uint32_t i = from; i < to && n - room < MAX_LETTERS && n < MAX_LETTERS; i++) {
            uint32_t cell = cell_of(t, text[i]);
            if (cell & MANY) {
                const uint32_t *codes = t->more + (cell & VALUE);
                for (uint32_t k = 1; k <= codes[0] && n < MAX_LETTERS; k++) letters[n++] = codes[k];
            } else if (cell & VALUE) letters[n++] = cell & (VALUE | LOOSE);
        }
    }
    if (n && letters[0] >= 0x430 && letters[0] <= 0x4FF) n = stem(letters, n);
    Hash h = {SEED, 0, 0, 0};
    for (uint32_t i = 0; i < n; i++) feed(&h, letters[i]);
    return mixed(h.value ^ h.loose);
}

/* The word that begins at `*at`, which a letter or a sign opens; `*at` becomes its end. */
static void read_word(const Table *t, const uint32_t *text, uint32_t length, uint32_t *at, Token *out) {
    uint32_t start = *at, i = start, cell = cell_of(t, text[i]), kind = CLASS(cell), has_lower = 0, lower_before = 0;
    uint32_t first_mark = 0, last_mark = 0;
    Hash h = {SEED, 0, 0, 0}, before = h;
    out->flags = (cell & UPPER ? IS_UPPER : 0) | (cell & LOWER ? IS_LOWER : 0);
    for (;;) {
        feed_cell(t, &h, cell);
        has_lower |= cell & LOWER;
        if (++i >= length) break;
        cell = cell_of(t, text[i]);
        uint32_t here = CLASS(cell);
        if (here == MARK || (here == LETTER && kind == LETTER)) continue;
        if (here != APOSTROPHE || kind != LETTER || i + 1 >= length || CLASS(cell_of(t, text[i + 1])) != LETTER) break;
        if (!first_mark) first_mark = i;
        last_mark = i;
        before = h, lower_before = has_lower;
    }
    out->start = start, out->after = out->end = *at = i;
    out->late = out->short_end = 0, out->short_key = 0;
    int cyrillic = h.letters && h.first >= 0x430 && h.first <= 0x4FF;
    if (last_mark) {
        uint32_t ending = i - last_mark - 1;
        if (ending == 1 && (text[i - 1] == 's' || text[i - 1] == 'S')) {
            out->end = last_mark, h = before, has_lower = lower_before;
            if (first_mark == last_mark) first_mark = 0;
        } else if (ending <= MAX_ENDING) {
            out->short_end = last_mark;
            out->short_key = cyrillic ? key_between(t, text, start, last_mark, 0, 0) : mixed(before.value ^ before.loose);
        }
        if (first_mark && first_mark - start <= MAX_ENDING && out->end - first_mark > 3) out->late = first_mark + 1;
    } else if (text[start] >= 0x590 && text[start] <= 0x6FF && i - start > 3) out->late = start + 1;
    if (has_lower) out->flags |= HAS_LOWER;
    out->key = cyrillic ? key_between(t, text, start, out->end, 0, 0) : mixed(h.value ^ h.loose);
    if (!h.letters) out->after = 0; /* nothing is left of it */
}

/* scan_text.gap_between */
static int gap_between(const Table *t, const uint32_t *text, uint32_t length, const Token *left, const Token *right) {
    if (right->start - left->after > MAX_GAP) return NOT_JOINED;
    int marks = 0, lines = 0, hyphens = 0, told = 0;
    for (uint32_t i = left->after; i < right->start; i++) {
        uint32_t cell = cell_of(t, text[i]), kind = CLASS(cell);
        if (kind != OTHER) continue;
        switch (GAP(cell)) {
        case SPACE: break;
        case LINE: lines += !(text[i] == '\r' && i + 1 < length && text[i + 1] == '\n'); break;
        case STOP: return NOT_JOINED;
        case DOT:
            if (i > left->after || left->end - left->start > 3) return NOT_JOINED;
            marks++;
            break;
        case COMMA: told |= GAP_COMMA; marks++; break;
        case HYPHEN: hyphens += i == left->after; marks++; break;
        default: marks++;
        }
    }
    if (lines > 1 || marks > 3) return NOT_JOINED;
    if (hyphens == 1 && marks == 1 && lines == 1 && right->flags & IS_LOWER) told |= BROKEN;
    return told;
}

/* Whether the case of words `first` to `last` is that of a name. */
static int case_fits(const Token *tokens, int first, int last) {
    if (first == last && tokens[first].end - tokens[first].start <= 4)
        return !(tokens[first].flags & HAS_LOWER);
    int small = 0;
    for (int i = first; i <= last; i++) small += tokens[i].flags & IS_LOWER && tokens[i].end - tokens[i].start > 3;
    if (small > (last - first > 1)) return 0;
    return !(tokens[first].flags & tokens[last].flags & IS_LOWER);
}

static void walk(Search *s, uint64_t before, uint64_t word, int first, int last, uint32_t start, uint32_t end, int told,
                 int words) {
    const Table *t = s->table;
    if (words >= MOST_WORDS || s->steps++ >= MOST_STEPS) return;
    uint64_t key = chain(before, word);
    if (words == 0 && !(t->filter[(key & t->filter_mask) >> 6] >> (key & 63) & 1)) return;
    uint64_t slot = key >> 20 & t->slot_mask;
    key |= !key;
    while (t->keys[slot] != key) {
        if (!t->keys[slot]) return;
        slot = (slot + 1) & t->slot_mask;
    }
    uint32_t value = t->values[slot], entry = value >> 1;
    if (entry-- && s->found < MOST_HITS) {
        int flags = t->flags[entry];
        if (!(flags & NO_COMMA && told & GAP_COMMA) && (!(flags & NEEDS_CAPITALS) || case_fits(s->tokens, first, last)))
            s->out[s->found++] = (Hit){start, end, entry, (uint32_t)words + 1};
    }
    if (!(value & 1) || last + 1 >= s->count) return;
    const Token *left = &s->tokens[last], *right = left + 1;
    int gap = gap_between(t, s->text, s->length, left, right);
    if (gap & NOT_JOINED) return;
    told |= gap;
    walk(s, key, right->key, first, last + 1, start, right->end, told, words + 1);
    if (right->short_key) walk(s, key, right->short_key, first, last + 1, start, right->short_end, told, words + 1);
    if (last + 2 < s->count && gap_between(t, s->text, s->length, right, right + 1) & BROKEN)
        walk(s, key, key_between(t, s->text, right->start, right->end, right[1].start, right[1].end), first, last + 2,
             start, right[1].end, told, words + 1);
}

/* Every name that begins at a word. */
static void look_at(Search *s, int i) {
    const Token *token = &s->tokens[i];
    walk(s, 0, token->key, i, i, token->start, token->end, 0, 0);
    if (token->short_key) walk(s, 0, token->short_key, i, i, token->start, token->short_end, 0, 0);
    if (token->late)
        walk(s, 0, key_between(s->table, s->text, token->late, token->end, 0, 0), i, i, token->late, token->end, 0, 0);
    if (i + 1 < s->count && gap_between(s->table, s->text, s->length, token, token + 1) & BROKEN)
        walk(s, 0, key_between(s->table, s->text, token->start, token->end, token[1].start, token[1].end), i, i + 1,
             token->start, token[1].end, 0, 0);
}

EXPORT int32_t fm_scan_layout(void) { return (int32_t)(sizeof(Table) * 1000 + sizeof(Hit)); }

/* Names in a piece of text, from the character `*at` on; how many were put into `out`. Stops where `out` may be full or,
 * unless the text ends here, where words to come could be missed: `*at` is then where to go on. */
EXPORT int32_t fm_scan(const Table *table, const uint32_t *text, uint32_t length, int32_t is_last, uint32_t *at, Hit *out,
                       int32_t room) {
    Token tokens[TOKENS];
    int count = 0;
    uint32_t next = *at;
    Search s = {table, text, length, tokens, 0, 0, 0, out};
    int32_t found = 0;
    for (;;) {
        while (count < TOKENS && next < length) {
            uint32_t kind = CLASS(cell_of(table, text[next]));
            if (kind != LETTER && kind != SIGN) {
                next++;
                continue;
            }
            read_word(table, text, length, &next, &tokens[count]);
            count += tokens[count].after != 0;
        }
        int ends = next >= length;
        /* a word at the very end may go on in what comes next, and so may the 2 x MOST_WORDS words of a name */
        int ready = ends && is_last ? count : count - 2 * MOST_WORDS - 2;
        s.count = count;
        int i = 0;
        for (; i < ready; i++) {
            if (found + MOST_HITS > room) {
                *at = tokens[i].start;
                return found;
            }
            s.out = out + found, s.found = 0, s.steps = 0;
            look_at(&s, i);
            found += s.found;
        }
        if (ends) {
            *at = i < count ? tokens[i].start : length;
            return found;
        }
        for (int k = i; k < count; k++) tokens[k - i] = tokens[k];
        count -= i;
    }
}
