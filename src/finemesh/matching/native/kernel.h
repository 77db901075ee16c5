/* The compiled half of finemesh.matching: plain C99 on plain arrays, called through ctypes.
 *
 * Every function here has a twin in Python (similarity.py, search.py) that gives the same whole numbers;
 * tests/matching/test_kernel.py holds the two together. No memory is owned here but the search workspace.
 */
#ifndef FINEMESH_KERNEL_H
#define FINEMESH_KERNEL_H
#include <stdint.h>

#define MAX_WORDS 24
#define MAX_CODE 32
#define MAX_JOINED 96
#define SIGNS 44

#ifdef _WIN32
#define EXPORT __declspec(dllexport)
#else
#define EXPORT __attribute__((visibility("default")))
#endif

enum { WORD, PARTICLE, HONORIFIC, LEGAL, GENERIC, NUMBER, INITIAL };
enum { ABJAD = 1, STRICT = 2, NAMED = 4, SYLLABLE = 8, PLACE = 16, EMPTY = 32, FATHER = 64 };
enum { BURMESE = 1, PERSON = 2, SYLLABIC = 4 };

/* A word, in one line of a processor's cache. */
typedef struct {
    uint64_t mask; /* its consonants by class, see retrieval.consonant_mask */
    uint32_t key, group;
    uint16_t weight;
    uint8_t length, kind, traits;
    uint8_t code[43];
} Word;

typedef const Word Words; /* by number */

/* Some words of a name as if they were written together; a letter doubled by that counts once. */
typedef struct {
    uint64_t mask;
    int32_t length, traits; /* a length of -1: they are never written together */
    uint8_t code[MAX_JOINED];
} Joined;

/* What is known of a name's words together, found when it is asked for. Set `ready` to 0 before a name's first use. */
typedef struct {
    int32_t ready, sum[MAX_WORDS + 1]; /* the lengths of words summed up from the first one on */
    uint64_t lengths;                  /* of words, as bits */
    uint32_t known[2];                 /* which of the next have been found */
    Joined of[2][MAX_WORDS];           /* two words, or three, by the first one */
} Joins;

/* A name: its words, by number. */
typedef struct {
    const Words *words;
    const uint32_t *ids;
    int32_t count;
    int32_t flags;
    const uint32_t *places; /* of its words: the rows of a grid for one of two names, the columns for the other */
    Joins *joins;
} Name;

/* The figures for two names (similarity.Figures), thousandths. */
typedef struct {
    double middle, steep;
    int32_t floor, floor_syllable, other_name, group, initial, missing, missing_inner, missing_syllable, missing_burmese;
    int32_t missing_generic, missing_empty, missing_base, missing_number, missing_place, ends_apart, conflict, conflict_base;
    int32_t conflict_generic, clash, clash_generic, prior, prior_same, order, order_burmese, order_syllable;
    int32_t order_father, other_kind, weak;
    int32_t person; /* whether they are for people */
    uint16_t effect[1001];
    uint8_t change[2][SIGNS][SIGNS];
    uint8_t drop[2][SIGNS];
    uint8_t sign_class[SIGNS], short_class[SIGNS];
} Scheme;

typedef struct {
    uint8_t left, left_count, right, right_count;
    uint16_t likeness;
    uint16_t unused;
    uint32_t weight;
} Pair;

typedef struct {
    int64_t agreed, total, against;
    int32_t ordered, pair_count;
    Pair pairs[2 * MAX_WORDS];
} Alignment;

/* A name that was found. */
typedef struct {
    uint32_t party, name;
    double points, level; /* columns.Found */
    Alignment alignment;
} Result;

enum { MOST_DIFFERENT = 4 };

static inline int are_far(uint64_t a, uint64_t b) {
    uint64_t v = a ^ b; /* more than four bits set? */
    v &= v - 1, v &= v - 1, v &= v - 1, v &= v - 1;
    return v != 0;
}

static inline int least(int a, int b) { return a < b ? a : b; }

uint64_t mask_of(const Scheme *s, const uint8_t *code, int length);
/* The least cost that turns one code into the other, or more than `most` where it is more than that. */
enum { SWAP_COST = 70 };
int distance(const Scheme *s, const uint8_t *a, int la, const uint8_t *b, int lb, int abjad, int most);

/* Codes of words that are measured side by side with another one, each in a lane of its own. */
enum { LANES = 16, LONGEST = 32 };
typedef struct {
    const uint8_t *code[LANES];
    int length[LANES], most[LANES], place[LANES];
    int count, longest;
} Lanes;

void distances(const Scheme *s, const uint8_t *a, int la, int abjad, const Lanes *x, int *out);

int word_likeness(const Scheme *s, const Words *x, uint32_t a, const Words *y, uint32_t b);
/* The same for a word and each of many, measured side by side. */
void word_likenesses(const Scheme *s, const Words *x, uint32_t a, const Words *y, const uint32_t *b, int count, uint16_t *out);
/* The figures for two names: schemes[1] where both are people's, else schemes[0]. */
static inline const Scheme *scheme_for(const Scheme *schemes, const Name *a, const Name *b) {
    return &schemes[(a->flags & b->flags & PERSON) != 0];
}

/* The likenesses of some words and some others. Where there is no memory for them, they are measured again each time. */
typedef struct {
    uint16_t *like; /* by row and column */
    int32_t width;
} Grid;

/* Two or three words of a name, from one of them on. */
const Joined *join_words(const Scheme *s, const Name *n, int from, int count);
/* How much some words, joined, and a word are alike; 0 where that is not much. */
int joined_likeness(const Scheme *s, const Joined *j, const Words *w, uint32_t whole);
void joined_likenesses(const Scheme *s, const Joined *j, const Words *w, const uint32_t *ids, int count, uint16_t *out);
/* Whether two names may agree to such a share at all: a bound that is quickly found, and never too low. The rows of the grid are
 * the left name's words. */
int may_agree(const Scheme *s, const Name *left, const Name *right, const Grid *grid, double share);
void align_names(const Scheme *s, const Name *left, const Name *right, const Grid *grid, Alignment *out);

/* Whether some words, joined, may be a word: it is not honorific, about as long, and has much the same consonants. */
static inline int may_be_whole(const Joined *j, const Words *w, uint32_t whole) {
    int kind = w[whole].kind, longer = j->length - w[whole].length;
    return j->length >= 0 && kind != HONORIFIC && kind != INITIAL && longer <= 2 && longer >= -2 && !are_far(j->mask, w[whole].mask);
}

static inline int code_length(const Words *w, uint32_t id) { return w[id].length; }
static inline const uint8_t *code_of(const Words *w, uint32_t id) { return w[id].code; }
#endif
