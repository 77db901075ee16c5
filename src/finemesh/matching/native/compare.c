/* Parties side by side: the twin of compare.PlainComparer. */
#include "kernel.h"
#include <math.h>
#include <stddef.h>
#include <stdlib.h>

/* Names one after another: name n is words ids[ends[n]] .. ids[ends[n + 1]]; party p has names from[p] .. from[p + 1]. */
typedef struct {
    const Words *words;
    const uint32_t *ids, *ends;
    const uint8_t *flags;
    const uint32_t *from;
} Parties;

static Name name_of(const Parties *p, uint32_t n) {
    return (Name){p->words, p->ids + p->ends[n], (int32_t)(p->ends[n + 1] - p->ends[n]), p->flags[n]};
}

static void compare_two(const Scheme *schemes, const Parties *p, uint32_t left, uint32_t right, Cache *cache, Result *best) {
    best->points = -HUGE_VAL;
    for (uint32_t i = p->from[left]; i < p->from[left + 1]; i++)
        for (uint32_t j = p->from[right]; j < p->from[right + 1]; j++) {
            Name l = name_of(p, i), r = name_of(p, j);
            const Scheme *s = scheme_for(schemes, &l, &r);
            if (best->points > -HUGE_VAL && !may_agree(s, &l, &r, cache, best->points / s->steep + s->middle)) continue;
            Result found = {.party = i, .name = j};
            align_names(schemes, &l, &r, cache, &found.alignment);
            if (found.alignment.total) found.level = (double)found.alignment.agreed / (double)found.alignment.total;
            found.points = (found.level - s->middle) * s->steep;
            if (found.points > best->points) *best = found;
        }
}

/* For pairs of parties (pairs[2k], pairs[2k + 1]) their two names that meet best, the first such in the order of the names; in
 * a result, `party` and `name` are the numbers of the left and the right name. Points are -infinity where a party has none. */
EXPORT void fm_compare_many(const Scheme *schemes, const Parties *parties, const uint32_t *pairs, int32_t count, Result *out) {
    Cache *cache = calloc(1, sizeof *cache);
    if (cache) cache->stamp = 1;
    for (int k = 0; k < count; k++) compare_two(schemes, parties, pairs[2 * k], pairs[2 * k + 1], cache, &out[k]);
    free(cache);
}
