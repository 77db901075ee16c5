/* Parties side by side: the twin of compare.PlainComparer. */
#include "kernel.h"
#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/* Names one after another: name n has words ids[ends[n]] to ids[ends[n + 1]], party p has names from[p] to from[p + 1]. Its different
 * words are own[own_from[p]] to own[own_from[p + 1]]; `places` says for each of `ids` which of them it is. */
typedef struct {
    const Words *words;
    const uint32_t *ids, *places, *ends;
    const uint8_t *flags;
    const uint32_t *from, *own, *own_from;
} Parties;

enum { KEPT = 16 };

/* The likenesses of the words of two parties, for both kinds of figures, made when they are needed. */
typedef struct {
    Grid grid[2];
    size_t room[2];
    int filled[2];
    Joins left, right[KEPT]; /* of one name of the left party, and of the right party's; the last one is of whoever comes behind */
} Space;

static Name name_of(const Parties *p, uint32_t n, Joins *joins) {
    uint32_t begin = p->ends[n];
    return (Name){p->words, p->ids + begin, (int32_t)(p->ends[n + 1] - begin), p->flags[n], p->places + begin, joins};
}

static const Grid *fill_grid(const Scheme *s, const Parties *p, uint32_t left, uint32_t right, Space *space) {
    int kind = s->person != 0;
    Grid *g = &space->grid[kind];
    if (space->filled[kind]) return g;
    space->filled[kind] = 1;
    const uint32_t *rows = p->own + p->own_from[left], *columns = p->own + p->own_from[right];
    size_t height = p->own_from[left + 1] - p->own_from[left], width = p->own_from[right + 1] - p->own_from[right];
    if (height * width > space->room[kind]) {
        free(g->like);
        space->room[kind] = 2 * height * width;
        g->like = malloc(space->room[kind] * sizeof *g->like);
        if (!g->like) space->room[kind] = 0;
    }
    g->width = (int32_t)width;
    for (size_t i = 0; i < height && g->like; i++)
        word_likenesses(s, p->words, rows[i], p->words, columns, (int)width, g->like + i * width);
    return g;
}

static void compare_two(const Scheme *schemes, const Parties *p, uint32_t left, uint32_t right, Space *space, Result *best) {
    best->points = -HUGE_VAL;
    space->filled[0] = space->filled[1] = 0;
    for (int k = 0; k < KEPT; k++) space->right[k].ready = 0;
    for (uint32_t i = p->from[left]; i < p->from[left + 1]; i++) {
        Name l = name_of(p, i, &space->left);
        space->left.ready = 0;
        for (uint32_t j = p->from[right]; j < p->from[right + 1]; j++) {
            uint32_t k = j - p->from[right];
            if (k >= KEPT - 1) space->right[k = KEPT - 1].ready = 0;
            Name r = name_of(p, j, &space->right[k]);
            const Scheme *s = scheme_for(schemes, &l, &r);
            const Grid *grid = fill_grid(s, p, left, right, space);
            if (best->points > -HUGE_VAL && !may_agree(s, &l, &r, grid, best->points / s->steep + s->middle)) continue;
            Result found = {.party = i, .name = j};
            align_names(s, &l, &r, grid, &found.alignment);
            if (found.alignment.total) found.level = (double)found.alignment.agreed / (double)found.alignment.total;
            found.points = (found.level - s->middle) * s->steep;
            if (found.points > best->points) *best = found;
        }
    }
}

/* For pairs of parties (pairs[2k], pairs[2k + 1]) their two names that meet best, the first such in the order of the names; in
 * a result, `party` and `name` are the numbers of the left and the right name. Points are -infinity where a party has none. */
EXPORT void fm_compare_many(const Scheme *schemes, const Parties *parties, const uint32_t *pairs, int32_t count, Result *out) {
    Space space;
    memset(space.grid, 0, sizeof space.grid), memset(space.room, 0, sizeof space.room);
    for (int k = 0; k < count; k++) compare_two(schemes, parties, pairs[2 * k], pairs[2 * k + 1], &space, &out[k]);
    free(space.grid[0].like), free(space.grid[1].like);
}
