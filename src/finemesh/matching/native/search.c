/* Who in an index may be meant by a name: rank the names that hold similar words, align the best ones. */
#include "index.h"
#include <stdlib.h>
#include <string.h>

enum { MAX_CANDIDATES = 256, WEAK = 2, INTERFACE = 2, MOST_REMEMBERED = 1 << 21 };

EXPORT void fm_free_workspace(Workspace *w) {
    if (!w) return;
    free(w->credit), free(w->word_mark), free(w->memory.list), free(w->memory.start), free(w->touched), free(w->first_key), free(w->columns.grid.like), free(w);
}

EXPORT Workspace *fm_workspace(const Index *x) {
    Workspace *w = calloc(1, sizeof *w);
    if (!w) return NULL;
    w->credit = calloc(x->name_count + 1, sizeof *w->credit);
    w->word_mark = calloc(x->word_count + 1, sizeof *w->word_mark);
    w->touched = calloc(x->name_count + 1, sizeof *w->touched);
    w->first_key = malloc(((1 << 16) + 1) * sizeof *w->first_key);
    w->columns.grid = (Grid){malloc(MAX_WORDS * MAX_COLUMNS * sizeof(uint16_t)), MAX_COLUMNS};
    if (!w->columns.grid.like || !w->credit || !w->word_mark || !w->touched || !w->first_key) {
        fm_free_workspace(w);
        return NULL;
    }
    for (uint32_t half = 0, at = 0; half <= 1 << 16; half++) {
        while (at < x->key_count && x->key[at] >> 16 < half) at++;
        w->first_key[half] = at;
    }
    return w;
}

typedef struct {
    uint32_t name;
    double rank;
} Candidate;

/* The rank of a name that agrees in full, and how near it a name must come to be worth a comparison. */
static const double RANK_SCALE = 5.0, NEAR = 0.8;

static int by_rank(const void *p, const void *q) {
    const Candidate *a = p, *b = q;
    if (a->rank != b->rank) return a->rank > b->rank ? -1 : 1;
    return a->name < b->name ? -1 : a->name > b->name;
}

static void sift(Candidate *heap, int count, int at) { /* least on top */
    for (;;) {
        int child = 2 * at + 1;
        if (child >= count) return;
        if (child + 1 < count && (heap[child + 1].rank < heap[child].rank ||
                                  (heap[child + 1].rank == heap[child].rank && heap[child + 1].name > heap[child].name)))
            child++;
        if (heap[at].rank < heap[child].rank || (heap[at].rank == heap[child].rank && heap[at].name > heap[child].name)) return;
        Candidate c = heap[at];
        heap[at] = heap[child], heap[child] = c, at = child;
    }
}

/* The names of the best ranks, and none below `least`. */
static int best_names(const Index *x, Workspace *w, uint32_t own, int wanted, double least, Candidate *heap) {
    int count = 0;
    for (uint32_t t = 0; t < w->touched_count; t++) {
        uint32_t name = w->touched[t];
        if (t + AHEAD < w->touched_count) {
            __builtin_prefetch(&w->credit[w->touched[t + AHEAD]]);
            __builtin_prefetch(&x->name_weight[w->touched[t + AHEAD]]);
        }
        Candidate c = {name, (double)w->credit[name].sum / (own + x->name_weight[name])};
        w->credit[name].sum = 0;
        if (c.rank < least) continue;
        if (count < wanted) {
            heap[count++] = c;
            if (count == wanted)
                for (int i = count / 2; i >= 0; i--) sift(heap, count, i);
        } else if (c.rank > heap[0].rank || (c.rank == heap[0].rank && c.name < heap[0].name)) {
            heap[0] = c;
            sift(heap, count, 0);
        }
    }
    w->touched_count = 0;
    qsort(heap, count, sizeof *heap, by_rank);
    return count;
}

static int is_better(const Result *a, const Result *b) {
    if (a->points != b->points) return a->points > b->points;
    return a->party != b->party ? a->party < b->party : a->name < b->name;
}

/* Keeps the best result of each party, best first. */
static int put_result(Result *out, int count, int limit, const Result *r) {
    for (int i = 0; i < count; i++)
        if (out[i].party == r->party) {
            if (!is_better(r, &out[i])) return count;
            memmove(out + i, out + i + 1, (count - i - 1) * sizeof *out);
            count--;
            break;
        }
    int at = count;
    while (at && is_better(r, &out[at - 1])) at--;
    if (at >= limit) return count;
    if (count == limit) count--;
    memmove(out + at + 1, out + at, (count - at) * sizeof *out);
    out[at] = *r;
    return count + 1;
}

static Name name_of(const Index *x, uint32_t name, const uint32_t *places, Joins *joins) {
    uint32_t from = x->name_end[name];
    return (Name){x->words, x->name_words + from, (int32_t)(x->name_end[name + 1] - from), x->name_flags[name], places, joins};
}

static void forget_columns(Columns *c) {
    c->count = 0;
    if (++c->stamp) return;
    memset(c->slot, 0, sizeof c->slot);
    c->stamp = 1;
}

/* The column of a word, a new one if it has none. */
static uint32_t column_of(Columns *c, uint32_t word, int person) {
    uint32_t asked = word << 1 | (uint32_t)person, at = (asked * 2654435761u) >> 20;
    while (c->slot[at].stamp == c->stamp && c->slot[at].word != asked) at = (at + 1) % COLUMN_SLOTS;
    if (c->slot[at].stamp != c->stamp) {
        c->slot[at].stamp = c->stamp, c->slot[at].word = asked;
        c->slot[at].place = c->count++;
    }
    return c->slot[at].place;
}

/* Gives columns to the words of some candidates, and fills those that are new. */
static void fill_columns(const Scheme *schemes, const Index *x, Workspace *w, const Name *q, const Candidate *some, int count,
                         uint32_t (*places)[MAX_WORDS]) {
    Columns *c = &w->columns;
    if (c->count + AT_ONCE * MAX_WORDS > MAX_COLUMNS) forget_columns(c);
    for (int k = 0; k < count; k++) {
        uint32_t name = some[k].name;
        __builtin_prefetch(&x->name_end[name]), __builtin_prefetch(&x->name_flags[name]);
        __builtin_prefetch(&x->name_party[name]), __builtin_prefetch(&x->name_kind[name]);
    }
    for (int k = 0; k < count; k++) __builtin_prefetch(&x->name_words[x->name_end[some[k].name]]);
    for (int person = 0; person < 2; person++) {
        uint32_t before = c->count;
        for (int k = 0; k < count; k++) {
            Name n = name_of(x, some[k].name, NULL, NULL);
            if ((scheme_for(schemes, q, &n) != schemes) != person) continue;
            for (int i = 0; i < n.count; i++) {
                places[k][i] = column_of(c, n.ids[i], person);
                w->chosen[places[k][i]] = n.ids[i];
            }
        }
        for (int i = 0; i < q->count && c->count > before; i++)
            word_likenesses(&schemes[person], q->words, q->ids[i], x->words, w->chosen + before, c->count - before,
                            c->grid.like + (size_t)i * MAX_COLUMNS + before);
    }
}

/* What a name must reach to be wanted. */
static double needed_level(const Scheme *s, const Result *out, int found, int limit, double least) {
    double last = found == limit ? out[limit - 1].points / s->steep + s->middle : 0;
    return last > least ? last : least;
}

static const uint32_t rows[MAX_WORDS] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23};

static int32_t search_one(const Scheme *schemes, const Index *x, Workspace *w, const Name *q, int32_t kinds, int32_t candidates,
                          int32_t limit, double least, Result *out) {
    Candidate heap[MAX_CANDIDATES];
    uint32_t own = 0, places[AT_ONCE][MAX_WORDS];
    if (w->stamp > UINT32_MAX / 2) {
        w->stamp = 0;
        memset(w->word_mark, 0, x->word_count * sizeof *w->word_mark);
        for (uint32_t i = 0; i < x->name_count; i++) w->credit[i].mark = 0;
    }
    for (int i = 0; i < q->count; i++) own += q->words[q->ids[i]].weight;
    credit_all(&schemes[(q->flags & PERSON) != 0], x, w, q);
    forget_columns(&w->columns);
    int count = best_names(x, w, own, candidates < MAX_CANDIDATES ? candidates : MAX_CANDIDATES, RANK_SCALE * NEAR * least, heap), found = 0;
    for (int i = 0; i < count; i++) {
        uint32_t name = heap[i].name;
        double wanted = found == limit && out[limit - 1].level > least ? out[limit - 1].level : least;
        if (heap[i].rank < RANK_SCALE * NEAR * wanted) break;
        if (i % AT_ONCE == 0) fill_columns(schemes, x, w, q, heap + i, count - i < AT_ONCE ? count - i : AT_ONCE, places);
        Result r;
        r.party = x->name_party[name], r.name = name;
        Joins joins;
        joins.ready = 0;
        Name other = name_of(x, name, places[i % AT_ONCE], &joins);
        const Scheme *s = scheme_for(schemes, q, &other);
        int cost = x->name_kind[name] == WEAK ? s->weak : 0;
        if (!(kinds & x->party_kinds[r.party])) cost += s->other_kind;
        double needed = needed_level(s, out, found, limit, least);
        if (needed > 0 && !may_agree(s, q, &other, &w->columns.grid, needed + cost / 1000.0)) continue;
        align_names(s, q, &other, &w->columns.grid, &r.alignment);
        r.level = (r.alignment.total ? (double)r.alignment.agreed / (double)r.alignment.total : 0) - cost / 1000.0;
        r.points = (r.level - s->middle) * s->steep;
        if (least > 0 && r.level < least) continue;
        found = put_result(out, found, limit, &r);
    }
    return found;
}

/* Makes room for what is found for so many query words; `fresh`: what was found before was for others. */
static void make_room(Memory *m, int64_t words, int fresh) {
    if (fresh || m->used > MOST_REMEMBERED) m->used = m->words = 0;
    if (words > m->start_room) {
        int64_t *start = realloc(m->start, 4 * words * sizeof *start);
        if (!start) return;
        m->start = start, m->start_room = 2 * words;
    }
    for (; m->words < words; m->words++) m->start[2 * m->words] = m->start[2 * m->words + 1] = -1;
}

/* Looks for names whose words are numbered; those of earlier calls keep their numbers until a call is `fresh`. */
EXPORT void fm_search_many(const Scheme *schemes, const Index *x, Workspace *w, const Words *words, const uint32_t *ids,
                           const uint32_t *ends, const uint8_t *flags, const uint8_t *kinds, int32_t count,
                           int32_t word_count, int32_t fresh, int32_t candidates, int32_t limit, double least, Result *out,
                           int32_t *found) {
    make_room(&w->memory, word_count, fresh);
    for (int i = 0; i < count; i++) {
        Joins joins;
        joins.ready = 0;
        Name q = {words, ids + ends[i], (int32_t)(ends[i + 1] - ends[i]), flags[i], rows, &joins};
        found[i] = search_one(schemes, x, w, &q, kinds[i], candidates, limit, least, out + (int64_t)i * limit);
    }
}

/* What kernel.py must agree with. */
EXPORT int64_t fm_layout(void) { return (int64_t)sizeof(Scheme) * 1000003 + sizeof(Result) * 1009 + sizeof(Index) + INTERFACE; }
