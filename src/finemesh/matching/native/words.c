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

int joined_likeness(const Scheme *s, const Joined *j, const Words *w, uint32_t whole) {
    if (!may_be_whole(j, w, whole)) return 0;
    int found = likeness_above(s, JOINED_FLOOR, j->code, j->length, code_of(w, whole), code_length(w, whole), (j->traits ^ w[whole].traits) & ABJAD);
    return found ? found - 10 : 0;
}

/* A code that is measured beside many others, all of which must be so much alike. */
typedef struct {
    const Scheme *s;
    const uint8_t *code;
    int length, floor;
    uint16_t *out;               /* likenesses by place */
    Lanes lanes[2];              /* by whether one of two codes has no vowels; so are the next */
    uint8_t cheapest[2][SIGNS];  /* the least that each sign of another code costs beside this one */
    int drop[2];                 /* the least that it costs to leave a sign of this one out; -1: not yet known */
} Beside;

static void begin_beside(Beside *b, const Scheme *s, const uint8_t *code, int length, int floor, uint16_t *out) {
    b->s = s, b->code = code, b->length = length, b->floor = floor, b->out = out;
    for (int abjad = 0; abjad < 2; abjad++) b->lanes[abjad].count = b->lanes[abjad].longest = 0, b->drop[abjad] = -1;
}

static inline void lower(uint8_t *restrict costs, const uint8_t *restrict by, int count) {
    for (int i = 0; i < count; i++) costs[i] = by[i] < costs[i] ? by[i] : costs[i];
}

static void find_cheapest(Beside *b, int abjad) {
    const uint8_t *drop = b->s->drop[abjad];
    memcpy(b->cheapest[abjad], drop, SIGNS);
    b->drop[abjad] = drop[b->code[0]];
    for (int i = 0; i < b->length; i++) {
        const uint8_t *change = b->s->change[abjad][b->code[i]];
        lower(b->cheapest[abjad], change, 32);
        lower(b->cheapest[abjad] + SIGNS - 16, change + SIGNS - 16, 16); /* some twice, so that both are whole vectors */
        b->drop[abjad] = least(b->drop[abjad], drop[b->code[i]]);
    }
}

/* Whether the distance to another code is surely more than that: each of its signs costs something, and so do those too few. */
static int is_beyond(const Beside *b, int abjad, const uint8_t *other, int length, int most) {
    const uint8_t *cheapest = b->cheapest[abjad];
    int cost = b->length > length ? (b->length - length) * b->drop[abjad] : 0;
    for (int j = 0; j < length; j++)
        if ((cost += cheapest[other[j]]) > most) return 1;
    return 0;
}

/* Measures what is in the lanes. */
static void measure(Beside *b, int abjad) {
    int cost[LANES];
    Lanes *x = &b->lanes[abjad];
    if (x->count) distances(b->s, b->code, b->length, abjad, x, cost);
    for (int k = 0; k < x->count; k++) {
        int found = cost[k] > x->most[k] ? 0 : 1000 - 20 * cost[k] / (b->length + x->length[k]);
        b->out[x->place[k]] = found >= b->floor ? found : 0;
    }
    x->count = x->longest = 0;
}

/* likeness_above() of the code and another: finds it now, or puts the other one into a lane. */
static void put_beside(Beside *b, int abjad, const uint8_t *other, int length, int place) {
    if (b->length > LONGEST || length > LONGEST || !b->length || !length || codes_equal(b->code, b->length, other, length)) {
        b->out[place] = likeness_above(b->s, b->floor, b->code, b->length, other, length, abjad);
        return;
    }
    int most = (1000 - b->floor) * (b->length + length) / 20 + 1;
    if (b->drop[abjad] < 0) find_cheapest(b, abjad);
    if (is_beyond(b, abjad, other, length, most)) {
        b->out[place] = 0;
        return;
    }
    Lanes *x = &b->lanes[abjad];
    int k = x->count++;
    x->code[k] = other, x->length[k] = length, x->place[k] = place, x->most[k] = most;
    if (length > x->longest) x->longest = length;
    if (x->count == LANES) measure(b, abjad);
}

void word_likenesses(const Scheme *s, const Words *x, uint32_t a, const Words *y, const uint32_t *b, int count, uint16_t *out) {
    Beside beside;
    begin_beside(&beside, s, code_of(x, a), code_length(x, a), s->floor, out);
    for (int i = 0; i < count; i++) {
        int found = quick_likeness(s, x, a, y, b[i]);
        out[i] = found;
        if (found == MEASURE) put_beside(&beside, (x[a].traits ^ y[b[i]].traits) & ABJAD, code_of(y, b[i]), code_length(y, b[i]), i);
    }
    for (int abjad = 0; abjad < 2; abjad++) measure(&beside, abjad);
    for (int i = 0; i < count; i++) {
        Words *other = &y[b[i]];
        if (!is_grouped(&x[a], other) && !(x[a].traits & other->traits & (NAMED | SYLLABLE | ABJAD))) continue;
        if (quick_likeness(s, x, a, y, b[i]) == MEASURE) out[i] = settled(s, &x[a], other, out[i]);
    }
}

void joined_likenesses(const Scheme *s, const Joined *j, const Words *w, const uint32_t *ids, int count, uint16_t *out) {
    Beside beside;
    begin_beside(&beside, s, j->code, j->length, JOINED_FLOOR, out);
    for (int i = 0; i < count; i++) {
        uint32_t id = ids[i];
        out[i] = 0;
        if (may_be_whole(j, w, id)) put_beside(&beside, (j->traits ^ w[id].traits) & ABJAD, code_of(w, id), code_length(w, id), i);
    }
    for (int abjad = 0; abjad < 2; abjad++) measure(&beside, abjad);
    for (int i = 0; i < count; i++)
        if (out[i]) out[i] -= 10;
}
