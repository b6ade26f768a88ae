/* SPDX-License-Identifier: MIT */
/* What is refused before the YAML library sees it. */
#ifndef CXM_LEXICON_YAML_CHECK_H
#define CXM_LEXICON_YAML_CHECK_H

#include "lexicon/yaml.h"

/*
 * Looks a file over, in time linear in its size. libfyaml 0.7.12 ends a file silently at a NUL and
 * drops other control characters, takes time quadratic in the length of white space and of
 * directives, and takes some 300 bytes of memory for each byte of a [..] or {..}. So characters
 * that YAML forbids, directives, and too much of the others are told, the first of them.
 *
 * @return CXM_OK, CXM_E_ENCODING, CXM_E_SYNTAX or CXM_E_LIMIT.
 */
cxm_status cxm_yaml_check(cxm_str text, const cxm_yaml_faults *faults);

#endif
