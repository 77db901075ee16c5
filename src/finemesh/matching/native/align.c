/* How alike two words and two names are: the twin of similarity.py, to the last digit. */
#include "kernel.h"
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

enum { SWAP_COST = 70, JOINED_FLOOR = 850 };

static inline int least(int a, int b) { return a < b ? a : b; }

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
static int distance(const Scheme *s, const uint8_t *a, int la, const uint8_t *b, int lb, int abjad, int most) {
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

int word_likeness(const Scheme *s, const Words *x, uint32_t a, const Words *y, uint32_t b) {
    if (x->key[a] && x->key[a] == y->key[b]) return 1000;
    int ka = x->kind[a], kb = y->kind[b];
    if (ka == NUMBER && kb == NUMBER) return 0;
    int la = code_length(x, a), lb = code_length(y, b);
    const uint8_t *ca = code_of(x, a), *cb = code_of(y, b);
    if (x->traits[a] & y->traits[b] & STRICT) {
        if (x->group[a] != y->group[b]) return 0;
        return codes_equal(ca, la, cb, lb) ? 1000 : 980;
    }
    if ((ka == INITIAL) != (kb == INITIAL)) return la && lb && ca[0] == cb[0] ? s->initial : 0;
    int far = are_far(x->mask[a], y->mask[b]);
    int found = far ? 0 : likeness_above(s, s->floor, ca, la, cb, lb, (x->traits[a] ^ y->traits[b]) & ABJAD);
    int traits = x->traits[a] & y->traits[b];
    if (x->group[a] && x->group[a] == y->group[b]) {
        if (found < s->group) found = s->group;
    } else if ((traits & NAMED) && found < 1000)
        found -= s->other_name;
    int floor = (traits & (SYLLABLE | ABJAD)) && s->floor_syllable > s->floor ? s->floor_syllable : s->floor;
    return found >= floor ? found : 0;
}

/* A possible meeting of words, before it is known which of them are chosen. */
typedef struct {
    int64_t gain;
    int likeness, weight;
    uint8_t left, left_count, right, right_count;
} Meeting;

static int compare_meetings(const void *p, const void *q) {
    const Meeting *a = p, *b = q;
    if (a->gain != b->gain) return a->gain > b->gain ? -1 : 1;
    int words = (a->left_count + a->right_count) - (b->left_count + b->right_count);
    if (words) return words;
    if (a->left != b->left) return a->left - b->left;
    if (a->left_count != b->left_count) return a->left_count - b->left_count;
    if (a->right != b->right) return a->right - b->right;
    return a->right_count - b->right_count;
}

static int weight_of(const Name *n, int from, int count) {
    int sum = 0;
    for (int i = from; i < from + count; i++) sum += n->words->weight[n->ids[i]];
    return sum;
}

static int meeting_weight(const Name *l, const Name *r, const Meeting *m) {
    int a = weight_of(l, m->left, m->left_count), b = weight_of(r, m->right, m->right_count);
    if (m->left_count == 1 && m->right_count == 1) {
        int ka = l->words->kind[l->ids[m->left]], kb = r->words->kind[r->ids[m->right]];
        if ((ka == INITIAL) != (kb == INITIAL)) return 2 * least(a, b) + abs(a - b) / 4;
    }
    return a + b;
}

static int add_meeting(const Scheme *s, const Name *l, const Name *r, Meeting *list, int count, Meeting m) {
    if (!m.likeness) return count;
    m.weight = meeting_weight(l, r, &m);
    m.gain = (int64_t)m.weight * s->effect[m.likeness];
    if (m.gain <= 0) return count;
    list[count] = m;
    return count + 1;
}

static int is_apart(int kind) { return kind == LEGAL || kind == HONORIFIC; }

/* The codes of some words as if they were written together; a letter doubled by that counts once. */
int join_codes(const Name *n, int from, int count, uint8_t *out, int *traits) {
    int length = 0;
    for (int i = from; i < from + count; i++) {
        uint32_t id = n->ids[i];
        if (n->words->kind[id] == HONORIFIC) return -1;
        const uint8_t *code = code_of(n->words, id);
        int size = code_length(n->words, id);
        int skip = length && size && code[0] == out[length - 1];
        memcpy(out + length, code + skip, size - skip);
        length += size - skip;
        *traits |= n->words->traits[id];
    }
    return length;
}

int joined_likeness(const Scheme *s, const uint8_t *code, int length, int traits, const Words *w, uint32_t whole) {
    int kind = w->kind[whole], size = code_length(w, whole);
    if (length < 0 || kind == HONORIFIC || kind == INITIAL || abs(length - size) > 2) return 0;
    if (are_far(mask_of(s, code, length), w->mask[whole])) return 0;
    int found = likeness_above(s, JOINED_FLOOR, code, length, code_of(w, whole), size, (traits ^ w->traits[whole]) & ABJAD);
    return found ? found - 10 : 0;
}

/* Whether a word is the first letters of some words ("jc" of "jean claude"). */
static int are_initials(const Name *n, int from, int count, const Words *w, uint32_t word) {
    if (code_length(w, word) != count || w->kind[word] != WORD) return 0;
    for (int i = 0; i < count; i++) {
        uint32_t id = n->ids[from + i];
        if (n->words->kind[id] != WORD || !code_length(n->words, id)) return 0;
        if (code_of(n->words, id)[0] != code_of(w, word)[i]) return 0;
    }
    return 1;
}

/* Words written together on one side and apart on the other; not tried for a word that has met its like (`met`). */
static int joined_meetings(const Scheme *s, const Name *l, const Name *r, const uint32_t *met, Meeting *list, int count) {
    uint8_t code[MAX_JOINED];
    for (int side = 0; side < 2; side++) {
        const Name *apart = side ? r : l, *whole = side ? l : r;
        for (int size = 2; size <= 3; size++)
            for (int i = 0; i + size <= apart->count; i++) {
                int traits = 0, length = join_codes(apart, i, size, code, &traits);
                for (int j = 0; j < whole->count; j++) {
                    if (met[!side] >> j & 1) continue;
                    int alike = joined_likeness(s, code, length, traits, whole->words, whole->ids[j]);
                    if (!alike && are_initials(apart, i, size, whole->words, whole->ids[j])) alike = s->initial;
                    Meeting m = {0, alike, 0, side ? j : i, side ? 1 : size, side ? i : j, side ? size : 1};
                    count = add_meeting(s, l, r, list, count, m);
                }
            }
    }
    return count;
}

/* word_likeness, remembered for the words of one query (`turned`: the query is the right name). */
static int known_likeness(const Scheme *s, const Name *l, int i, const Name *r, int j, Cache *c, int turned) {
    if (!c) return word_likeness(s, l->words, l->ids[i], r->words, r->ids[j]);
    int position = (turned ? j : i) << 1 | (s->person != 0);
    uint32_t word = turned ? l->ids[i] : r->ids[j];
    uint32_t at = (word * 2654435761u ^ (uint32_t)position * 40503u) >> 7 & (CACHE_SIZE - 1);
    if (c->slot[at].stamp != c->stamp || c->slot[at].word != word || c->slot[at].position != position) {
        c->slot[at].stamp = c->stamp, c->slot[at].word = word, c->slot[at].position = position;
        c->slot[at].likeness = word_likeness(s, l->words, l->ids[i], r->words, r->ids[j]);
    }
    return c->slot[at].likeness;
}

static int all_meetings(const Scheme *s, const Name *l, const Name *r, int burmese, Cache *c, int turned, Meeting *list) {
    int count = 0;
    uint32_t met[2] = {0, 0};
    for (int i = 0; i < l->count; i++)
        for (int j = 0; j < r->count; j++) {
            int alike = known_likeness(s, l, i, r, j, c, turned);
            count = add_meeting(s, l, r, list, count, (Meeting){0, alike, 0, i, 1, j, 1});
            if (alike >= 900) met[0] |= 1u << i, met[1] |= 1u << j;
        }
    if (!burmese) count = joined_meetings(s, l, r, met, list, count);
    qsort(list, count, sizeof *list, compare_meetings);
    return count;
}

static uint32_t span(int from, int count) { return ((1u << count) - 1) << from; }

/* What a name has that the other has not. */
typedef struct {
    int64_t weight;
    int heavy, generic;
} Lost;

static int is_end(const Name *n, int i, int step) {
    for (int k = i + step; k >= 0 && k < n->count; k += step)
        if (!is_apart(n->words->kind[n->ids[k]])) return 0;
    return 1;
}

/* Whether a word is neither the first nor the last of its name (see similarity._ends). */
static int is_inner(const Scheme *s, const Name *n, int i) {
    if (!s->ends_apart) return i && i + 1 < n->count;
    return !is_end(n, i, -1) && !is_end(n, i, 1);
}

static void put_missing(const Scheme *s, const Name *n, uint32_t taken, int side, int strict, Alignment *out, Lost *lost) {
    for (int i = 0; i < n->count; i++) {
        if (taken >> i & 1) continue;
        int weight = n->words->weight[n->ids[i]];
        int kind = n->words->kind[n->ids[i]];
        int traits = n->words->traits[n->ids[i]];
        int share = is_inner(s, n, i) ? s->missing_inner : s->missing;
        if (strict && ((traits & STRICT) || !(n->flags & BURMESE))) share = strict;
        if (kind == GENERIC) share = traits & EMPTY ? s->missing_empty : s->missing_generic;
        else if (is_apart(kind)) share = 1000;
        int cost = weight * share / 1000;
        if (kind == WORD || kind == NUMBER) {
            cost += s->missing_base + (kind == NUMBER ? s->missing_number : 0);
            if (traits & PLACE) cost += s->missing_place;
            lost->heavy++;
        }
        Pair p = {side ? 0 : i, side ? 0 : 1, side ? i : 0, side ? 1 : 0, 0, 0, cost};
        out->pairs[out->pair_count++] = p;
        out->total += p.weight;
        if (kind == GENERIC) lost->generic++;
        if (!is_apart(kind)) lost->weight += weight;
    }
}

/* How often the places in the right name fall, read in the order of the left one: 0 in the same order. `around`: also from
 * the last place to the first, so that 1 is a name begun at another place. */
static int falls(const Name *l, const Alignment *a, int around) {
    int first = -1, last = -1, count = 0;
    for (int from = 0; from < l->count; from++)
        for (int k = 0; k < a->pair_count; k++) {
            const Pair *p = &a->pairs[k];
            if (!p->likeness || p->left != from) continue;
            int kind = l->words->kind[l->ids[p->left]];
            if (is_apart(kind) || kind == PARTICLE) continue;
            if (first < 0) first = p->right;
            count += p->right < last;
            last = p->right;
        }
    return count + (around && last > first);
}

/* Whether a name and its father's change places. */
static int father_and_son(const Name *l, const Name *r, const Alignment *a) {
    int seen[2] = {0, 0};
    for (int k = 0; k < a->pair_count; k++) {
        const Pair *p = &a->pairs[k];
        if (!p->likeness) continue;
        int here = l->words->traits[l->ids[p->left]] & FATHER, there = r->words->traits[r->ids[p->right]] & FATHER;
        if (!here != !there) seen[!here] = 1;
    }
    return seen[0] && seen[1];
}

/* The share of the score that is kept where the words stand in another order. */
static int order_share(const Scheme *s, const Name *l, const Name *r, const Alignment *a) {
    if (l->flags & r->flags & BURMESE) return s->order_burmese;
    if (s->order_syllable && (l->flags & r->flags & SYLLABIC) && falls(l, a, 1) > 1) return s->order_syllable;
    if (s->order_father && father_and_son(l, r, a)) return s->order_father;
    return s->order;
}

static void align_sorted(const Scheme *s, const Name *l, const Name *r, Cache *cache, int turned, Alignment *out) {
    Meeting list[MAX_WORDS * MAX_WORDS * 5];
    int burmese = (l->flags & BURMESE) && (r->flags & BURMESE);
    int count = all_meetings(s, l, r, burmese, cache, turned, list);
    uint32_t taken_left = 0, taken_right = 0;
    int64_t effect = 0;
    Lost a_lost = {0, 0, 0}, b_lost = {0, 0, 0};
    memset(out, 0, offsetof(Alignment, pairs));
    for (int k = 0; k < count; k++) {
        Meeting *m = &list[k];
        uint32_t a = span(m->left, m->left_count), b = span(m->right, m->right_count);
        if ((taken_left & a) || (taken_right & b)) continue;
        taken_left |= a, taken_right |= b;
        out->pairs[out->pair_count++] = (Pair){m->left, m->left_count, m->right, m->right_count, m->likeness, 0, m->weight};
        effect += m->gain;
        out->total += m->weight;
    }
    int strict = burmese ? s->missing_burmese : l->flags & r->flags & SYLLABIC ? s->missing_syllable : 0;
    put_missing(s, l, taken_left, 0, strict, out, &a_lost);
    put_missing(s, r, taken_right, 1, strict, out, &b_lost);
    out->agreed = effect / 1000;
    int heavy = least(a_lost.heavy, b_lost.heavy);
    int facing = least(a_lost.heavy + a_lost.generic, b_lost.heavy + b_lost.generic);
    out->against = (a_lost.weight < b_lost.weight ? a_lost.weight : b_lost.weight) * s->conflict / 1000;
    out->against += heavy * s->conflict_base + facing * s->conflict_generic;
    out->total += out->against;
    int64_t short_of = out->total ? 1000 - out->agreed * 1000 / out->total : 1000;
    int64_t open = s->prior_same + (short_of < 200 ? short_of : 200) * 5 * (s->prior - s->prior_same) / 1000;
    out->total += open;
    int64_t clash = out->total * (heavy * s->clash + (facing - heavy) * s->clash_generic) / 1000;
    out->against += clash;
    out->total += clash;
    out->ordered = !falls(l, out, 0);
    if (!out->ordered) out->agreed = out->agreed * order_share(s, l, r, out) / 1000;
}

static int compare_names(const Name *l, const Name *r) {
    for (int i = 0; i < l->count && i < r->count; i++) {
        uint32_t a = l->ids[i], b = r->ids[i];
        int la = code_length(l->words, a), lb = code_length(r->words, b);
        int by = memcmp(code_of(l->words, a), code_of(r->words, b), least(la, lb));
        if (by) return by;
        if (la != lb) return la - lb;
        if (l->words->kind[a] != r->words->kind[b]) return l->words->kind[a] - r->words->kind[b];
        if (l->words->weight[a] != r->words->weight[b]) return l->words->weight[a] - r->words->weight[b];
        if (l->words->key[a] != r->words->key[b]) return l->words->key[a] < r->words->key[b] ? -1 : 1;
        if (l->words->group[a] != r->words->group[b]) return l->words->group[a] < r->words->group[b] ? -1 : 1;
        if (l->words->traits[a] != r->words->traits[b]) return l->words->traits[a] - r->words->traits[b];
    }
    return l->count - r->count;
}

void align_names(const Scheme *schemes, const Name *left, const Name *right, Cache *cache, Alignment *out) {
    const Scheme *s = scheme_for(schemes, left, right);
    if (compare_names(right, left) >= 0) {
        align_sorted(s, left, right, cache, 0, out);
        return;
    }
    align_sorted(s, right, left, cache, 1, out);
    for (int k = 0; k < out->pair_count; k++) {
        Pair p = out->pairs[k];
        out->pairs[k] = (Pair){p.right, p.right_count, p.left, p.left_count, p.likeness, 0, p.weight};
    }
}
