/* An open index, and what a search in it needs. */
#ifndef FINEMESH_INDEX_H
#define FINEMESH_INDEX_H
#include "kernel.h"

enum { MAX_SIMILAR = 4096, MAX_FILED = 65536, AHEAD = 8 /* how far memory is asked for before it is needed */ };

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

/* The similar words of the words of queries, found once each. */
typedef struct {
    int64_t *start; /* by query word and kind of name; -1: not looked up yet */
    Similar *list;  /* runs that end with likeness 0 */
    int64_t used, room, words, start_room;
} Memory;

/* The index words of the candidates of one query, by the figures that hold for them: the columns of a grid whose rows are the
 * query's words. */
enum { AT_ONCE = 24, MAX_COLUMNS = 2048, COLUMN_SLOTS = 2 * MAX_COLUMNS };
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

/* Gives each name that holds similar words its share of the query's words, in w->credit. */
void credit_all(const Scheme *s, const Index *x, Workspace *w, const Name *q);
#endif
