/* Which names of an index hold words like those of a query: the twin of PlainSearch._credit. */
#include "index.h"
#include <stdlib.h>
#include <string.h>

enum { MAX_KEYED = 16, MAX_KEYS = MAX_KEYED + 3, VOWEL = 11 };

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
    for (int size = 2; size <= 3; size++)
        for (int i = 0; i + size <= q->count; i++) {
            const Joined *joined = join_words(s, q, i, size);
            uint32_t weight = 0;
            for (int k = i; k < i + size; k++) weight += q->words[q->ids[k]].weight;
            if (joined->length < 0 || joined->length > MAX_CODE) continue;
            Keys keys;
            keys.sounds = keys.count = search_keys(s, joined->code, joined->length, keys.key);
            keys.mask = joined->mask;
            int filed = filed_words(x, w, &keys);
            joined_likenesses(s, joined, x->words, w->chosen, filed, w->likeness);
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

/* find_words, once for each word. */
static const Similar *recall_words(const Scheme *s, const Index *x, Workspace *w, const Name *q, uint32_t id, int *count) {
    Memory *m = &w->memory;
    int64_t *start = id < m->words ? &m->start[2 * (int64_t)id + (s->person != 0)] : NULL;
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

void credit_all(const Scheme *s, const Index *x, Workspace *w, const Name *q) {
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
