/* How alike two names are: the twin of similarity.py, to the last digit. */
#include "kernel.h"
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

enum { SURE = 900 };

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
    for (int i = from; i < from + count; i++) sum += n->words[n->ids[i]].weight;
    return sum;
}

static int meeting_weight(const Name *l, const Name *r, const Meeting *m) {
    int a = weight_of(l, m->left, m->left_count), b = weight_of(r, m->right, m->right_count);
    if (m->left_count == 1 && m->right_count == 1) {
        int ka = l->words[l->ids[m->left]].kind, kb = r->words[r->ids[m->right]].kind;
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

static void join(const Scheme *s, const Name *n, int from, int count, Joined *out) {
    int length = 0, traits = 0;
    for (int i = from; i < from + count; i++) {
        const Word *w = &n->words[n->ids[i]];
        if (w->kind == HONORIFIC) {
            out->length = -1;
            return;
        }
        int skip = length && w->length && w->code[0] == out->code[length - 1];
        memcpy(out->code + length, w->code + skip, w->length - skip);
        length += w->length - skip;
        traits |= w->traits;
    }
    out->length = length, out->traits = traits, out->mask = mask_of(s, out->code, length);
}

static const Joins *joins_of(const Name *n) {
    Joins *j = n->joins;
    if (j->ready) return j;
    j->ready = 1, j->lengths = 0, j->sum[0] = 0, j->known[0] = j->known[1] = 0;
    for (int i = 0; i < n->count; i++) {
        int length = code_length(n->words, n->ids[i]);
        j->lengths |= (uint64_t)1 << length, j->sum[i + 1] = j->sum[i] + length;
    }
    return j;
}

const Joined *join_words(const Scheme *s, const Name *n, int from, int count) {
    Joins *j = n->joins;
    joins_of(n);
    if (!(j->known[count - 2] >> from & 1)) join(s, n, from, count, &j->of[count - 2][from]);
    j->known[count - 2] |= 1u << from;
    return &j->of[count - 2][from];
}

/* Whether a word is the first letters of some words ("jc" of "jean claude"). */
static int are_initials(const Name *n, int from, int count, const Words *w, uint32_t word) {
    if (code_length(w, word) != count || w[word].kind != WORD) return 0;
    for (int i = 0; i < count; i++) {
        uint32_t id = n->ids[from + i];
        if (n->words[id].kind != WORD || !code_length(n->words, id)) return 0;
        if (code_of(n->words, id)[0] != code_of(w, word)[i]) return 0;
    }
    return 1;
}

/* Which lengths a word may have that is some words written together (give or take two letters), or their initials. */
static inline uint64_t joined_lengths(const Joins *apart, int from, int count) {
    int length = apart->sum[from + count] - apart->sum[from], low = length - (count - 1) - 2, high = length + 2;
    uint64_t bits = high > 62 ? ~(uint64_t)0 : ((uint64_t)2 << high) - 1;
    if (low > 63) bits = 0;
    else if (low > 0) bits &= ~(uint64_t)0 << low;
    return bits | (uint64_t)1 << count;
}

/* Words written together on one side and apart on the other; not tried for a word that has met its like (`met`). */
static int joined_meetings(const Scheme *s, const Name *l, const Name *r, const uint32_t *met, Meeting *list, int count) {
    for (int side = 0; side < 2; side++) {
        const Name *apart = side ? r : l, *whole = side ? l : r;
        const Joins *joins = joins_of(apart), *others = joins_of(whole);
        for (int size = 2; size <= 3; size++)
            for (int i = 0; i + size <= apart->count; i++) {
                uint64_t fit = joined_lengths(joins, i, size);
                if (!(fit & others->lengths)) continue;
                const Joined *joined = join_words(s, apart, i, size);
                for (int j = 0; j < whole->count; j++) {
                    if (met[!side] >> j & 1 || !(fit >> code_length(whole->words, whole->ids[j]) & 1)) continue;
                    int alike = joined_likeness(s, joined, whole->words, whole->ids[j]);
                    if (!alike && are_initials(apart, i, size, whole->words, whole->ids[j])) alike = s->initial;
                    Meeting m = {0, alike, 0, side ? j : i, side ? 1 : size, side ? i : j, side ? size : 1};
                    count = add_meeting(s, l, r, list, count, m);
                }
            }
    }
    return count;
}

/* word_likeness, remembered (`turned`: the rows of the grid are the right name's). */
static inline int known_likeness(const Scheme *s, const Name *l, int i, const Name *r, int j, const Grid *g, int turned) {
    if (!g->like) return word_likeness(s, l->words, l->ids[i], r->words, r->ids[j]);
    uint32_t row = turned ? r->places[j] : l->places[i], column = turned ? l->places[i] : r->places[j];
    return g->like[(size_t)row * g->width + column];
}

enum { FEW = 24 };

static void sort_meetings(Meeting *list, int count) {
    if (count > FEW) {
        qsort(list, count, sizeof *list, compare_meetings);
        return;
    }
    for (int i = 1; i < count; i++) {
        Meeting m = list[i];
        int at = i;
        for (; at && compare_meetings(&list[at - 1], &m) > 0; at--) list[at] = list[at - 1];
        list[at] = m;
    }
}

static int all_meetings(const Scheme *s, const Name *l, const Name *r, int burmese, const Grid *g, int turned, Meeting *list) {
    int count = 0;
    uint32_t met[2] = {0, 0};
    for (int i = 0; i < l->count; i++)
        for (int j = 0; j < r->count; j++) {
            int alike = known_likeness(s, l, i, r, j, g, turned);
            count = add_meeting(s, l, r, list, count, (Meeting){0, alike, 0, i, 1, j, 1});
            if (alike >= SURE) met[0] |= 1u << i, met[1] |= 1u << j;
        }
    if (!burmese) count = joined_meetings(s, l, r, met, list, count);
    sort_meetings(list, count);
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
        if (!is_apart(n->words[n->ids[k]].kind)) return 0;
    return 1;
}

/* Whether a word is neither the first nor the last of its name (see similarity._ends). */
static int is_inner(const Scheme *s, const Name *n, int i) {
    if (!s->ends_apart) return i && i + 1 < n->count;
    return !is_end(n, i, -1) && !is_end(n, i, 1);
}

/* What a word without a partner costs; `strict` is the share in names of syllables, 0 in others. */
static int missing_cost(const Scheme *s, const Name *n, int i, int strict) {
    const Word *w = &n->words[n->ids[i]];
    int share = is_inner(s, n, i) ? s->missing_inner : s->missing;
    if (strict && ((w->traits & STRICT) || !(n->flags & BURMESE))) share = strict;
    if (w->kind == GENERIC) share = w->traits & EMPTY ? s->missing_empty : s->missing_generic;
    else if (is_apart(w->kind)) share = 1000;
    int cost = w->weight * share / 1000;
    if (w->kind != WORD && w->kind != NUMBER) return cost;
    cost += s->missing_base + (w->kind == NUMBER ? s->missing_number : 0);
    return w->traits & PLACE ? cost + s->missing_place : cost;
}

static int strict_share(const Scheme *s, const Name *l, const Name *r) {
    if (l->flags & r->flags & BURMESE) return s->missing_burmese;
    return l->flags & r->flags & SYLLABIC ? s->missing_syllable : 0;
}

static void put_lost(const Name *n, int i, Lost *lost) {
    int kind = n->words[n->ids[i]].kind;
    if (kind == WORD || kind == NUMBER) lost->heavy++;
    if (kind == GENERIC) lost->generic++;
    if (!is_apart(kind)) lost->weight += n->words[n->ids[i]].weight;
}

/* What it costs besides that both names have words without a partner: they contradict each other. */
static int64_t conflict_cost(const Scheme *s, const Lost *a, const Lost *b) {
    int64_t cost = (a->weight < b->weight ? a->weight : b->weight) * s->conflict / 1000;
    cost += least(a->heavy, b->heavy) * s->conflict_base;
    return cost + least(a->heavy + a->generic, b->heavy + b->generic) * s->conflict_generic;
}

static void put_missing(const Scheme *s, const Name *n, uint32_t taken, int side, int strict, Alignment *out, Lost *lost) {
    for (int i = 0; i < n->count; i++) {
        if (taken >> i & 1) continue;
        int cost = missing_cost(s, n, i, strict);
        out->pairs[out->pair_count++] = (Pair){side ? 0 : i, side ? 0 : 1, side ? i : 0, side ? 1 : 0, 0, 0, cost};
        out->total += cost;
        put_lost(n, i, lost);
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
            int kind = l->words[l->ids[p->left]].kind;
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
        int here = l->words[l->ids[p->left]].traits & FATHER, there = r->words[r->ids[p->right]].traits & FATHER;
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

static void align_sorted(const Scheme *s, const Name *l, const Name *r, const Grid *grid, int turned, Alignment *out) {
    Meeting list[MAX_WORDS * MAX_WORDS * 5];
    int burmese = (l->flags & BURMESE) && (r->flags & BURMESE);
    int count = all_meetings(s, l, r, burmese, grid, turned, list);
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
    int strict = strict_share(s, l, r);
    put_missing(s, l, taken_left, 0, strict, out, &a_lost);
    put_missing(s, r, taken_right, 1, strict, out, &b_lost);
    out->agreed = effect / 1000;
    out->against = conflict_cost(s, &a_lost, &b_lost);
    out->total += out->against;
    int64_t short_of = out->total ? 1000 - out->agreed * 1000 / out->total : 1000;
    int64_t open = s->prior_same + (short_of < 200 ? short_of : 200) * 5 * (s->prior - s->prior_same) / 1000;
    out->total += open;
    int heavy = least(a_lost.heavy, b_lost.heavy);
    int facing = least(a_lost.heavy + a_lost.generic, b_lost.heavy + b_lost.generic);
    int64_t clash = out->total * (heavy * s->clash + (facing - heavy) * s->clash_generic) / 1000;
    out->against += clash;
    out->total += clash;
    out->ordered = !falls(l, out, 0);
    if (!out->ordered) out->agreed = out->agreed * order_share(s, l, r, out) / 1000;
}

/* For one of two names what its words may add to agreement less a share of the total, at the most; each word's best effect is known.
 * `lost` gets those that meet nothing. */
static double most_gain(const Scheme *s, const Name *n, const int *effect, uint32_t loose, int strict, double share, Lost *lost) {
    double sum = 0;
    for (int i = 0; i < n->count; i++) {
        if (!effect[i]) put_lost(n, i, lost);
        double missing = -share * missing_cost(s, n, i, strict), met = n->words[n->ids[i]].weight * (effect[i] / 1000.0 - share);
        if (met < 0 && loose >> i & 1) met = 0; /* an initial counts for less than both weights */
        sum += effect[i] && met > missing ? met : missing;
    }
    return sum;
}

static void raise_effects(int *effect, int from, int count, int by) {
    for (int i = from; i < from + count; i++)
        if (effect[i] < by) effect[i] = by;
}

/* The most that each word of two names may count: what it meets at best. */
typedef struct {
    int effect[2][MAX_WORDS];
    uint32_t loose[2], met[2]; /* the words that meet an initial (or the other way round); those that meet their like */
} Bounds;

static void bound_words(const Scheme *s, const Name *l, const Name *r, const Grid *grid, Bounds *b) {
    for (int i = 0; i < l->count; i++) {
        const uint16_t *row = grid->like ? grid->like + (size_t)l->places[i] * grid->width : NULL;
        for (int j = 0; j < r->count; j++) {
            int alike = row ? row[r->places[j]] : word_likeness(s, l->words, l->ids[i], r->words, r->ids[j]);
            if (!alike) continue;
            if (alike >= SURE) b->met[0] |= 1u << i, b->met[1] |= 1u << j;
            int effect = s->effect[alike];
            if (!effect) continue;
            raise_effects(b->effect[0], i, 1, effect), raise_effects(b->effect[1], j, 1, effect);
            if ((l->words[l->ids[i]].kind == INITIAL) == (r->words[r->ids[j]].kind == INITIAL)) continue;
            b->loose[0] |= 1u << i, b->loose[1] |= 1u << j;
        }
    }
}

/* As joined_meetings: words that may be written together count in full. */
static void bound_joined(const Scheme *s, const Name *l, const Name *r, Bounds *b) {
    for (int side = 0; side < 2; side++) {
        const Name *apart = side ? r : l, *whole = side ? l : r;
        const Joins *joins = joins_of(apart), *others = joins_of(whole);
        for (int size = 2; size <= 3; size++)
            for (int i = 0; i + size <= apart->count; i++) {
                uint64_t fit = joined_lengths(joins, i, size);
                if (!(fit & others->lengths)) continue;
                for (int j = 0; j < whole->count; j++) {
                    if (b->met[!side] >> j & 1 || !(fit >> code_length(whole->words, whole->ids[j]) & 1)) continue;
                    if (!may_be_whole(join_words(s, apart, i, size), whole->words, whole->ids[j]) &&
                        !are_initials(apart, i, size, whole->words, whole->ids[j]))
                        continue;
                    raise_effects(b->effect[side], i, size, 1000), raise_effects(b->effect[!side], j, 1, 1000);
                }
            }
    }
}

int may_agree(const Scheme *s, const Name *l, const Name *r, const Grid *grid, double share) {
    if (share <= 0) return 1;
    Bounds b = {{{0}}, {0}, {0}};
    bound_words(s, l, r, grid, &b);
    if (!(l->flags & r->flags & BURMESE)) bound_joined(s, l, r, &b);
    int strict = strict_share(s, l, r), prior = least(s->prior, s->prior_same);
    Lost lost[2] = {{0, 0, 0}, {0, 0, 0}};
    double most = most_gain(s, l, b.effect[0], b.loose[0], strict, share, &lost[0]);
    most += most_gain(s, r, b.effect[1], b.loose[1], strict, share, &lost[1]);
    return most - share * (double)(prior + conflict_cost(s, &lost[0], &lost[1])) > -0.01;
}

static int compare_names(const Name *l, const Name *r) {
    for (int i = 0; i < l->count && i < r->count; i++) {
        uint32_t a = l->ids[i], b = r->ids[i];
        int la = code_length(l->words, a), lb = code_length(r->words, b);
        int by = memcmp(code_of(l->words, a), code_of(r->words, b), least(la, lb));
        if (by) return by;
        if (la != lb) return la - lb;
        if (l->words[a].kind != r->words[b].kind) return l->words[a].kind - r->words[b].kind;
        if (l->words[a].weight != r->words[b].weight) return l->words[a].weight - r->words[b].weight;
        if (l->words[a].key != r->words[b].key) return l->words[a].key < r->words[b].key ? -1 : 1;
        if (l->words[a].group != r->words[b].group) return l->words[a].group < r->words[b].group ? -1 : 1;
        if (l->words[a].traits != r->words[b].traits) return l->words[a].traits - r->words[b].traits;
    }
    return l->count - r->count;
}

void align_names(const Scheme *s, const Name *left, const Name *right, const Grid *grid, Alignment *out) {
    if (compare_names(right, left) >= 0) {
        align_sorted(s, left, right, grid, 0, out);
        return;
    }
    align_sorted(s, right, left, grid, 1, out);
    for (int k = 0; k < out->pair_count; k++) {
        Pair p = out->pairs[k];
        out->pairs[k] = (Pair){p.right, p.right_count, p.left, p.left_count, p.likeness, 0, p.weight};
    }
}
