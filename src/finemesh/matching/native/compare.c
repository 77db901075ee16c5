/* Parties side by side: the twin of compare.PlainComparer. */
#include "kernel.h"
#include <math.h>
#include <stddef.h>

/* The best meeting of any left with any right name of each pair of parties: names `from[2p]` on are the left ones of pair p,
 * `from[2p + 1]` on the right ones. In a result, `party` and `name` are the numbers of the two names. */
EXPORT void fm_compare_many(const Scheme *schemes, const Words *words, const uint32_t *ids, const uint32_t *ends,
                            const uint8_t *flags, const uint32_t *from, int32_t count, Result *out) {
    for (int p = 0; p < count; p++) {
        Result *best = &out[p];
        best->points = -HUGE_VAL;
        for (uint32_t i = from[2 * p]; i < from[2 * p + 1]; i++)
            for (uint32_t j = from[2 * p + 1]; j < from[2 * p + 2]; j++) {
                Name l = {words, ids + ends[i], (int32_t)(ends[i + 1] - ends[i]), flags[i]};
                Name r = {words, ids + ends[j], (int32_t)(ends[j + 1] - ends[j]), flags[j]};
                const Scheme *s = scheme_for(schemes, &l, &r);
                Result found = {.party = i, .name = j};
                align_names(schemes, &l, &r, NULL, &found.alignment);
                if (found.alignment.total) found.level = (double)found.alignment.agreed / (double)found.alignment.total;
                found.points = (found.level - s->middle) * s->steep;
                if (found.points > best->points) *best = found;
            }
    }
}
