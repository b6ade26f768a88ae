/* SPDX-License-Identifier: MIT */
/* Stems, by the Snowball algorithms of libstemmer. A stemmer is one thread's. */
#ifndef CXM_TEXT_STEM_H
#define CXM_TEXT_STEM_H

#include <cxmine/base.h>

typedef struct cxm_stemmer cxm_stemmer;

/* Whether there is an algorithm of that name, as "english". */
bool cxm_stemmer_exists(cxm_str algorithm);

/* A stemmer; NULL where there is no memory or no such algorithm. An empty name gives NULL too:
 * a language without a stemmer has no stems. `name` is NUL-terminated. */
cxm_stemmer *cxm_stemmer_new(const char *algorithm);
void cxm_stemmer_free(cxm_stemmer *self);

/* The stem of a folded word, valid until the next call; the word itself where `self` is NULL. */
cxm_str cxm_stem(cxm_stemmer *self, cxm_str folded);

#endif
