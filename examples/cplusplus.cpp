// SPDX-License-Identifier: MIT
// The same from C++: handles that free themselves, errors as exceptions, a lexicon of one's own.
#include <cxmine.h>

#include <iostream>
#include <memory>
#include <stdexcept>
#include <string>

namespace {

template <typename T, void (*Free)(T *)> struct Freer {
    void operator()(T *handle) const {
        Free(handle);
    }
};
template <typename T, void (*Free)(T *)> using Handle = std::unique_ptr<T, Freer<T, Free>>;

using Builder = Handle<cxm_lexicon_builder, cxm_lexicon_builder_free>;
using Lexicon = Handle<cxm_lexicon, cxm_lexicon_free>;
using Miner = Handle<cxm_miner, cxm_miner_free>;
using Transcript = Handle<cxm_transcript, cxm_transcript_free>;

cxm_str view(const std::string &text) {
    return cxm_str{text.data(), text.size()};
}

std::string copy(cxm_str text) {
    return text.len ? std::string(text.ptr, text.len) : std::string();
}

void check(cxm_status status, const cxm_error &error) {
    if (status != CXM_OK)
        throw std::runtime_error(error.message);
}

Lexicon compile(const std::string &yaml) {
    cxm_error error;
    cxm_lexicon_builder *builder;
    check(cxm_lexicon_builder_new(nullptr, &builder, &error), error);
    Builder owned(builder);
    cxm_lexicon *lexicon;
    check(cxm_lexicon_builder_add_bytes(builder, view("parcel.yaml"), view(yaml), &error), error);
    check(cxm_lexicon_builder_build(builder, &lexicon, &error), error);
    return Lexicon(lexicon);
}

Transcript read(const std::string &text) {
    cxm_error error;
    cxm_transcript *transcript;
    check(cxm_transcript_read(view(text), nullptr, &transcript, &error), error);
    return Transcript(transcript);
}

void mine(const std::string &text) {
    cxm_error error;
    cxm_miner *miner;
    const cxm_result *result;
    Lexicon lexicon = compile("cxmine: 1\n"
                              "language: en\n"
                              "categories:\n"
                              "  parcel.late:\n"
                              "    phrases:\n"
                              "      - parcel~ (is|are) (late|delayed)\n");
    check(cxm_miner_new(lexicon.get(), nullptr, &miner, &error), error);
    Miner owned(miner);
    Transcript transcript = read(text);
    check(cxm_mine(miner, transcript.get(), &result, &error), error);
    for (std::size_t i = 0; i < result->hit_count; i++) {
        const cxm_hit &hit = result->hits[i];
        std::string turn = copy(cxm_transcript_turn(transcript.get(), hit.turn)->text);
        std::cout << copy(cxm_lexicon_category(lexicon.get(), hit.category)->name) << ": "
                  << turn.substr(hit.start, hit.end - hit.start) << '\n';
    }
}

} // namespace

int main() {
    try {
        mine("My parcels are delayed, and your parcel is late too.");
    } catch (const std::exception &error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
    return 0;
}
