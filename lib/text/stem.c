/* SPDX-License-Identifier: MIT */
#include "text/stem.h"

#include "base/str.h"
#include "text/fold.h"

#include <libstemmer.h>

bool cxm_stemmer_exists(cxm_str algorithm) {
    for (const char **name = sb_stemmer_list(); *name; name++)
        if (cxm_str_is(algorithm, *name))
            return true;
    return false;
}

cxm_stemmer *cxm_stemmer_new(const char *algorithm) {
    return (cxm_stemmer *)sb_stemmer_new(algorithm, "UTF_8");
}

void cxm_stemmer_free(cxm_stemmer *self) {
    if (self)
        sb_stemmer_delete((struct sb_stemmer *)self);
}

cxm_str cxm_stem(cxm_stemmer *self, cxm_str folded) {
    if (!self || folded.len > CXM_FOLDED_MAX_BYTES)
        return folded;
    struct sb_stemmer *stemmer = (struct sb_stemmer *)self;
    const sb_symbol *stem =
        sb_stemmer_stem(stemmer, (const sb_symbol *)folded.ptr, (int)folded.len);
    if (!stem)
        return folded;
    return (cxm_str){(const char *)stem, (size_t)sb_stemmer_length(stemmer)};
}
