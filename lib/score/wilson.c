/* SPDX-License-Identifier: MIT */
#include <cxmine/judge.h>
#include <math.h>

cxm_interval cxm_wilson(size_t met, size_t count) {
    static const double z = 1.959963984540054; /* 95 % of a normal distribution lie within */
    if (count == 0)
        return (cxm_interval){0, 1};
    double n = (double)count;
    double rate = (double)(met < count ? met : count) / n;
    double middle = rate + z * z / (2 * n);
    double half = z * sqrt((rate * (1 - rate) + z * z / (4 * n)) / n);
    double whole = 1 + z * z / n;
    double low = (middle - half) / whole;
    double high = (middle + half) / whole;
    return (cxm_interval){low > 0 && met ? low : 0, high < 1 && met < count ? high : 1};
}
