/* Who in an index may be meant by a name: look up similar words, rank the names that hold them, align the best ones. */
#include "kernel.h"
#include <stdlib.h>
#include <string.h>

enum { MAX_KEYED = 16, MAX_KEYS = MAX_KEYED + 3, MAX_SIMILAR = 4096, MAX_FILED = 65536, VOWEL = 11, MAX_CANDIDATES = 256, WEAK = 2 };

typedef struct {
    const Words *words;
    const uint32_t *key, *key_end, *key_words;       /* search key -> words */
    const uint32_t *names_end, *names;               /* word -> names that hold it */
    const uint32_t *name_words, *name_end;           /* name -> its words */
    const uint32_t *name_party, *name_weight;
    const uint8_t *name_flags, *name_kind, *party_kinds;
    const uint64_t *key_masks; /* of key_words, in the same order */
    uint32_t key_count, word_count, name_count, party_count;
} Index;

typedef struct {
    uint32_t word;
    int32_t likeness;
} Similar;

typedef struct {
    uint32_t sum, mark;
} Credit;

/* The similar words of the words of a batch of queries, found once each. */
typedef struct {
    int64_t *start; /* by query word and kind of name; -1: not looked up yet */
    Similar *list;  /* runs that end with likeness 0 */
    int64_t used, room;
} Memory;

/* The index words of the candidates of one query, by the figures that hold for them: the columns of a grid whose rows are the
 * query's words. */
enum { AT_ONCE = 16, MAX_COLUMNS = 2048, COLUMN_SLOTS = 2 * MAX_COLUMNS };
typedef struct {
    Grid grid;
    uint32_t stamp, count;
    struct {
        uint32_t stamp, word, place;
    } slot[COLUMN_SLOTS];
} Columns;

typedef struct {
    uint32_t stamp, touched_count;
    Credit *credit;
    uint32_t *word_mark, *touched;
    uint32_t *first_key; /* by the upper half of a key: where those begin */
    Memory memory;
    Columns columns;
    Similar similar[MAX_SIMILAR + 1];
    uint32_t chosen[MAX_FILED];
    uint16_t likeness[MAX_FILED];
} Workspace;

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

static uint32_t hash_classes(const uint8_t *c, int n, int without) {
    uint32_t h = 2166136261u;
    for (int i = 0; i < n; i++)
        if (i != without) h = (h ^ c[i]) * 16777619u;
    return h;
}

/* retrieval.search_keys */
static int search_keys(const Scheme *s, const uint8_t *code, int n, uint32_t *keys) {
    uint8_t c[MAX_KEYED + 1];
    int count = 0, found = 0, start = 0;
    for (int i = 0; i < n && count < MAX_KEYED; i++)
        if (s->sign_class[code[i]]) c[count++] = s->sign_class[code[i]];
    if (count > 1) keys[found++] = hash_classes(c, count, -1);
    if (count < 4) {
        start = count = 1;
        c[0] = VOWEL;
        for (int i = 0; i < n && count <= MAX_KEYED; i++) {
            int k = s->short_class[code[i]];
            if (k && (count == 1 || c[count - 1] != k || k < 30)) c[count++] = k;
        }
        keys[found++] = hash_classes(c, count, -1);
    }
    for (int i = start; i < count && count > 2; i++) keys[found++] = hash_classes(c, count, i);
    return found;
}

/* The words filed under a key: their number, and where in key_words they begin. */
static uint32_t words_of_key(const Index *x, const Workspace *w, uint32_t key, uint32_t *from) {
    uint32_t low = w->first_key[key >> 16], high = w->first_key[(key >> 16) + 1];
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (x->key[middle] < key) low = middle + 1;
        else high = middle;
    }
    if (low == x->key_count || x->key[low] != key) return 0;
    *from = x->key_end[low];
    return x->key_end[low + 1] - x->key_end[low];
}

static int by_likeness(const void *p, const void *q) {
    const Similar *a = p, *b = q;
    if (a->likeness != b->likeness) return b->likeness - a->likeness;
    return a->word < b->word ? -1 : a->word > b->word;
}

static uint32_t meaning_key(uint8_t kind, uint32_t number) {
    uint8_t c[5] = {kind, number & 255, number >> 8 & 255, number >> 16 & 255, number >> 24};
    return hash_classes(c, 5, -1);
}

typedef struct {
    uint32_t key[MAX_KEYS + 2];
    int count, sounds; /* the first so many are of sounds: what differs too much in consonants is passed by */
    uint64_t mask;
} Keys;

/* The words that are filed under some keys, each once, in w->chosen. */
static int filed_words(const Index *x, Workspace *w, const Keys *keys) {
    int count = 0;
    w->stamp++;
    for (int k = 0; k < keys->count; k++) {
        uint32_t from = 0, size = words_of_key(x, w, keys->key[k], &from);
        for (uint32_t i = from; i < from + size && count < MAX_FILED; i++) {
            if (k < keys->sounds && are_far(keys->mask, x->key_masks[i])) continue;
            uint32_t word = x->key_words[i];
            if (word >= x->word_count || w->word_mark[word] == w->stamp) continue;
            w->word_mark[word] = w->stamp;
            __builtin_prefetch(&x->words[word]);
            w->chosen[count++] = word;
        }
    }
    return count;
}

/* The first of so many words that are alike at all, most alike first, in w->similar. */
static int keep_similar(Workspace *w, int filed) {
    int count = 0;
    for (int i = 0; i < filed && count < MAX_SIMILAR; i++)
        if (w->likeness[i]) w->similar[count++] = (Similar){w->chosen[i], w->likeness[i]};
    qsort(w->similar, count, sizeof *w->similar, by_likeness);
    return count;
}

enum { AHEAD = 8 };

static void credit_names(const Index *x, Workspace *w, const Similar *similar, int count, uint32_t weight) {
    uint32_t stamp = ++w->stamp;
    for (int i = 0; i < count; i++) {
        uint32_t word = similar[i].word, gain = similar[i].likeness * weight / 100;
        for (uint32_t p = x->names_end[word]; p < x->names_end[word + 1]; p++) {
            Credit *c = &w->credit[x->names[p]];
            if (p + AHEAD < x->names_end[word + 1]) __builtin_prefetch(&w->credit[x->names[p + AHEAD]]);
            if (c->mark == stamp) continue;
            c->mark = stamp;
            if (!c->sum) w->touched[w->touched_count++] = x->names[p];
            c->sum += gain;
        }
    }
}

/* Words written together in the index and apart in the query. */
static void credit_joined(const Scheme *s, const Index *x, Workspace *w, const Name *q) {
    uint8_t code[MAX_JOINED];
    for (int size = 2; size <= 3; size++)
        for (int i = 0; i + size <= q->count; i++) {
            int traits = 0, length = join_codes(q, i, size, code, &traits);
            uint32_t weight = 0;
            for (int k = i; k < i + size; k++) weight += q->words[q->ids[k]].weight;
            if (length < 0 || length > MAX_CODE) continue;
            Keys keys;
            keys.sounds = keys.count = search_keys(s, code, length, keys.key);
            keys.mask = mask_of(s, code, length);
            int filed = filed_words(x, w, &keys);
            joined_likenesses(s, code, length, traits, x->words, w->chosen, filed, w->likeness);
            credit_names(x, w, w->similar, keep_similar(w, filed), weight);
        }
}

/* The names that hold a word of exactly this code; whether there is one. */
static int credit_exact(const Index *x, Workspace *w, const uint8_t *code, int n, uint32_t weight) {
    uint8_t c[MAX_CODE + 1] = {0xfe};
    memcpy(c + 1, code, n);
    uint32_t from = 0, size = words_of_key(x, w, hash_classes(c, n + 1, -1), &from);
    const uint32_t *words = x->key_words + from;
    int count = 0;
    for (uint32_t i = 0; i < size && count < MAX_SIMILAR; i++) {
        int length = code_length(x->words, words[i]);
        if (length == n && !memcmp(code_of(x->words, words[i]), code, n)) w->similar[count++] = (Similar){words[i], 990};
    }
    if (count && weight) credit_names(x, w, w->similar, count, weight);
    return count;
}

/* Words written together in the query and apart in the index: both halves, exactly. */
static void credit_split(const Index *x, Workspace *w, const Name *q, int at) {
    const uint8_t *code = code_of(q->words, q->ids[at]);
    int n = code_length(q->words, q->ids[at]);
    uint32_t weight = q->words[q->ids[at]].weight;
    for (int cut = 2; n >= 6 && cut <= n - 2; cut++)
        for (int again = 0; again < 2; again++) { /* a letter may have been doubled where the words met */
            const uint8_t *rest = code + cut - again;
            int length = n - cut + again;
            if (!credit_exact(x, w, code, cut, 0)) continue;
            if (credit_exact(x, w, rest, length, weight * length / n)) credit_exact(x, w, code, cut, weight * cut / n);
        }
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

static int is_light(int kind) { return kind == LEGAL || kind == HONORIFIC || kind == PARTICLE; }

static int find_words(const Scheme *s, const Index *x, Workspace *w, const Name *q, uint32_t id) {
    Keys keys;
    keys.sounds = keys.count = search_keys(s, code_of(q->words, id), code_length(q->words, id), keys.key);
    keys.mask = q->words[id].mask;
    if (q->words[id].key) keys.key[keys.count++] = meaning_key(0xfd, q->words[id].key);
    if (q->words[id].group) keys.key[keys.count++] = meaning_key(0xfc, q->words[id].group);
    int filed = filed_words(x, w, &keys);
    word_likenesses(s, q->words, id, x->words, w->chosen, filed, w->likeness);
    return keep_similar(w, filed);
}

/* find_words, once for each word of a batch. */
static const Similar *recall_words(const Scheme *s, const Index *x, Workspace *w, const Name *q, uint32_t id, int *count) {
    Memory *m = &w->memory;
    int64_t *start = m->start ? &m->start[2 * id + (s->person != 0)] : NULL;
    if (start && *start >= 0) {
        const Similar *found = m->list + *start;
        for (*count = 0; found[*count].likeness; ++*count) {}
        return found;
    }
    *count = find_words(s, x, w, q, id);
    if (!start) return w->similar;
    w->similar[*count] = (Similar){0, 0};
    if (m->used + *count + 1 > m->room) {
        int64_t room = 2 * m->room + *count + 65536;
        Similar *list = realloc(m->list, room * sizeof *list);
        if (!list) return w->similar;
        m->list = list, m->room = room;
    }
    *start = m->used;
    memcpy(m->list + m->used, w->similar, (*count + 1) * sizeof *w->similar);
    m->used += *count + 1;
    return m->list + *start;
}

static void credit(const Scheme *s, const Index *x, Workspace *w, const Name *q) {
    int heavy = 0;
    for (int i = 0; i < q->count; i++) heavy += !is_light(q->words[q->ids[i]].kind);
    for (int i = 0; i < q->count; i++) {
        uint32_t id = q->ids[i];
        if (heavy && is_light(q->words[id].kind)) continue;
        int count;
        const Similar *found = recall_words(s, x, w, q, id, &count);
        int known = count && found[0].likeness == 1000;
        credit_names(x, w, found, count, q->words[id].weight);
        if (!known) credit_split(x, w, q, i);
    }
    credit_joined(s, x, w, q);
}

static Name name_of(const Index *x, uint32_t name, const uint32_t *places) {
    uint32_t from = x->name_end[name];
    return (Name){x->words, x->name_words + from, (int32_t)(x->name_end[name + 1] - from), x->name_flags[name], places};
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
            Name n = name_of(x, some[k].name, NULL);
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
    credit(&schemes[(q->flags & PERSON) != 0], x, w, q);
    forget_columns(&w->columns);
    int count = best_names(x, w, own, candidates < MAX_CANDIDATES ? candidates : MAX_CANDIDATES, RANK_SCALE * NEAR * least, heap), found = 0;
    for (int i = 0; i < count; i++) {
        uint32_t name = heap[i].name;
        double wanted = found == limit && out[limit - 1].level > least ? out[limit - 1].level : least;
        if (heap[i].rank < RANK_SCALE * NEAR * wanted) break;
        if (i % AT_ONCE == 0) fill_columns(schemes, x, w, q, heap + i, count - i < AT_ONCE ? count - i : AT_ONCE, places);
        Result r;
        r.party = x->name_party[name], r.name = name;
        Name other = name_of(x, name, places[i % AT_ONCE]);
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

EXPORT void fm_search_many(const Scheme *schemes, const Index *x, Workspace *w, const Words *words, const uint32_t *ids,
                           const uint32_t *ends, const uint8_t *flags, const uint8_t *kinds, int32_t count,
                           int32_t word_count, int32_t candidates, int32_t limit, double least, Result *out, int32_t *found) {
    Memory *m = &w->memory;
    m->used = 0;
    m->start = malloc(2 * word_count * sizeof *m->start);
    for (int i = 0; m->start && i < 2 * word_count; i++) m->start[i] = -1;
    for (int i = 0; i < count; i++) {
        Name q = {words, ids + ends[i], (int32_t)(ends[i + 1] - ends[i]), flags[i], rows};
        found[i] = search_one(schemes, x, w, &q, kinds[i], candidates, limit, least, out + (int64_t)i * limit);
    }
    free(m->start);
    m->start = NULL;
}

/* What kernel.py must agree with. */
EXPORT int64_t fm_layout(void) { return (int64_t)sizeof(Scheme) * 1000003 + sizeof(Result) * 1009 + sizeof(Index); }
