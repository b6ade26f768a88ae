// SPDX-License-Identifier: MIT
//
// The one file that knows simdjson. Its On-Demand parser is used without exceptions; it hands out
// values in the order of the document, and every value is read, so everything gets validated.
#define SIMDJSON_EXCEPTIONS 0
#if defined(__GNUC__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wshadow"
#pragma GCC diagnostic ignored "-Wpedantic"
#endif
#include <simdjson.h>
#if defined(__GNUC__)
#pragma GCC diagnostic pop
#endif

#include "read/encoding.h"
#include "read/json.h"

#include <cstring>
#include <new>

extern "C" {
#include "base/memory.h"
#include "base/utf8.h"
}

namespace ondemand = simdjson::ondemand;
using simdjson::error_code;

struct cxm_json {
    cxm_allocator allocator;
    ondemand::parser parser;
    char *document; // a copy with padding, where one is needed
    size_t document_capacity;
    uint8_t *strings; // unescaped strings of the tree
    size_t strings_capacity;
    cxm_json_value *values;
    size_t value_count;
    size_t value_capacity;
};

namespace {

// What a failure is, besides what simdjson has codes for.
struct problem {
    cxm_status status;
    const char *message;
    bool is_at_end = false; // it is what is missing behind the last byte
};

const problem none = {CXM_OK, nullptr};

problem problem_of(error_code code) {
    switch (code) {
    case simdjson::SUCCESS:
        return none;
    case simdjson::MEMALLOC:
        return {CXM_E_NOMEM, "out of memory"};
    case simdjson::CAPACITY:
        return {CXM_E_LIMIT, "a JSON document of 4 GiB or more"};
    case simdjson::UTF8_ERROR:
        return {CXM_E_ENCODING, "invalid UTF-8"};
    case simdjson::UNCLOSED_STRING:
        return {CXM_E_SYNTAX, "a string without its closing quote", true};
    case simdjson::UNESCAPED_CHARS:
        return {CXM_E_SYNTAX, "a control character in a string; expected an escape like \\n"};
    case simdjson::STRING_ERROR:
        return {CXM_E_SYNTAX, "a wrong escape in a string"};
    case simdjson::NUMBER_ERROR:
        return {CXM_E_SYNTAX, "expected a number that JSON knows"};
    case simdjson::INCOMPLETE_ARRAY_OR_OBJECT:
        return {CXM_E_SYNTAX, "expected an array or object with its end, and nothing behind", true};
    case simdjson::EMPTY:
        return {CXM_E_SYNTAX, "expected a JSON value"};
    default:
        return {CXM_E_SYNTAX, "expected JSON: a value, a comma, a colon or a closing bracket"};
    }
}

// One pass over one document.
class tree {
  public:
    tree(cxm_json &owner, cxm_str document, const char *start)
        : self(owner), length(document.len), base(start), free_string(owner.strings),
          has_escapes(document.len > 0 && std::memchr(start, '\\', document.len) != nullptr) {
    }

    problem read(ondemand::document &document) {
        const char *start = base;
        problem found = problem_of(document.current_location().get(start));
        if (found.status != CXM_OK)
            return found;
        at = offset_of(start);
        if (*start != '{' && *start != '[')
            return {CXM_E_SYNTAX, "expected an object or an array"};
        found = read_container(document, {nullptr, 0}, 1, start);
        const char *rest;
        bool is_rest = document.current_location().get(rest) == simdjson::SUCCESS;
        if (found.status == CXM_OK && is_rest)
            found = {CXM_E_SYNTAX, "expected nothing behind the JSON value"};
        if (found.status == CXM_E_SYNTAX && structural)
            at = is_rest && !found.is_at_end ? offset_of(rest) : length;
        return found;
    }

    size_t place() const {
        return at < length ? at : length;
    }

  private:
    cxm_json &self;
    size_t length;
    const char *base;
    uint8_t *free_string;
    bool has_escapes;
    bool structural = true; // a failure is told where simdjson stands, not at `at`
    size_t at = 0;          // where the value being read starts

    size_t offset_of(const char *place) const {
        return place < base ? 0 : static_cast<size_t>(place - base);
    }

    problem fail_here(problem found) {
        structural = false;
        return found;
    }

    problem add(cxm_json_kind kind, cxm_str key, size_t &index) {
        if (self.value_count >= CXM_JSON_MAX_VALUES)
            return fail_here({CXM_E_LIMIT, "more than 16 million JSON values"});
        void *items = self.values;
        if (!cxm_array_reserve(&self.allocator, &items, &self.value_capacity, self.value_count + 1,
                               sizeof *self.values))
            return {CXM_E_NOMEM, "out of memory"};
        self.values = static_cast<cxm_json_value *>(items);
        index = self.value_count++;
        self.values[index] = {key, {nullptr, 0}, 0, 1, static_cast<uint32_t>(at), kind};
        return none;
    }

    problem read_string(ondemand::raw_json_string raw, cxm_str &out) {
        std::string_view text;
        problem found = problem_of(self.parser.unescape(raw, free_string).get(text));
        if (found.status != CXM_OK)
            return fail_here(found);
        // simdjson lets an escaped low surrogate through that has no high one before it.
        if (has_escapes && !cxm_utf8_valid(text.data(), text.size()))
            return fail_here({CXM_E_SYNTAX, "an escaped surrogate that is not one of a pair"});
        out = {text.data(), text.size()};
        return none;
    }

    problem read_value(ondemand::value value, cxm_str key, int depth) {
        const char *start = base;
        problem found = problem_of(value.current_location().get(start));
        if (found.status != CXM_OK)
            return found;
        at = offset_of(start);
        switch (*start) {
        case '{':
        case '[':
            return read_container(value, key, depth + 1, start);
        case '"':
            return read_text(value, key);
        default:
            return read_scalar(value, key, start);
        }
    }

    problem read_text(ondemand::value &value, cxm_str key) {
        size_t index;
        ondemand::raw_json_string raw;
        problem found = add(CXM_JSON_STRING, key, index);
        if (found.status == CXM_OK)
            found = problem_of(value.get_raw_json_string().get(raw));
        return found.status ? found : read_string(raw, self.values[index].text);
    }

    problem read_scalar(ondemand::value &value, cxm_str key, const char *start) {
        size_t index;
        problem found = add(CXM_JSON_NULL, key, index);
        if (found.status != CXM_OK)
            return found;
        cxm_json_value &added = self.values[index];
        std::string_view written = value.raw_json_token();
        added.text = {written.data(), trimmed(written.data(), written.size())};
        if (*start == 'n') {
            bool is_null = false;
            found = problem_of(value.is_null().get(is_null));
            if (found.status == CXM_OK && !is_null)
                found = problem_of(simdjson::TAPE_ERROR);
        } else if (*start == 't' || *start == 'f') {
            bool truth = false;
            found = problem_of(value.get_bool().get(truth));
            added.kind = truth ? CXM_JSON_TRUE : CXM_JSON_FALSE;
        } else {
            found = problem_of(value.get_double().get(added.number));
            added.kind = CXM_JSON_NUMBER;
            if (*start != '-' && (*start < '0' || *start > '9'))
                found = problem_of(simdjson::TAPE_ERROR);
        }
        return found.status ? fail_here(found) : none;
    }

    // `source` is a value, or the document: simdjson checks more at the root.
    template <typename kind>
    problem read_container(kind &source, cxm_str key, int depth, const char *start) {
        size_t index;
        if (depth > CXM_JSON_MAX_DEPTH)
            return fail_here({CXM_E_LIMIT, "arrays and objects more than 64 deep"});
        problem found = add(*start == '{' ? CXM_JSON_OBJECT : CXM_JSON_ARRAY, key, index);
        if (found.status == CXM_OK)
            found = *start == '{' ? read_members(source, depth) : read_items(source, depth);
        if (found.status != CXM_OK)
            return found;
        // The value ends before whatever comes next, spaces and a comma apart.
        const char *next = base + length;
        const char *place;
        if (depth > 1 && source.current_location().get(place) == simdjson::SUCCESS)
            next = place;
        cxm_json_value &added = self.values[index];
        added.text = {start, trimmed(start, static_cast<size_t>(next - start))};
        added.span = static_cast<uint32_t>(self.value_count - index);
        return none;
    }

    template <typename kind> problem read_items(kind &source, int depth) {
        ondemand::array items;
        problem found = problem_of(source.get_array().get(items));
        if (found.status != CXM_OK)
            return found;
        for (auto item : items) {
            ondemand::value child;
            found = problem_of(item.get(child));
            if (found.status == CXM_OK)
                found = read_value(child, {nullptr, 0}, depth);
            if (found.status != CXM_OK)
                return found;
        }
        return none;
    }

    template <typename kind> problem read_members(kind &source, int depth) {
        ondemand::object members;
        problem found = problem_of(source.get_object().get(members));
        if (found.status != CXM_OK)
            return found;
        for (auto member : members) {
            ondemand::field field;
            cxm_str key = {nullptr, 0};
            found = problem_of(std::move(member).get(field));
            if (found.status != CXM_OK)
                return found;
            at = offset_of(field.key().raw());
            found = read_string(field.key(), key);
            if (found.status == CXM_OK)
                found = read_value(field.value(), key, depth);
            if (found.status != CXM_OK)
                return found;
        }
        return none;
    }

    static bool is_blank(char c) {
        return c == ' ' || c == '\n' || c == '\r' || c == '\t';
    }

    static size_t trimmed(const char *text, size_t len) {
        while (len > 0 && is_blank(text[len - 1]))
            len--;
        return len;
    }
};

// Grows a block of bytes of which nothing needs to be kept, to a power of two.
template <typename byte>
bool make_room(const cxm_allocator &allocator, byte *&block, size_t &capacity, size_t needed) {
    if (needed <= capacity)
        return true;
    size_t grown = 4096;
    while (grown < needed)
        grown *= 2;
    cxm_release(&allocator, block, capacity);
    block = static_cast<byte *>(allocator.resize(allocator.user, nullptr, 0, grown));
    capacity = block ? grown : 0;
    return block != nullptr;
}

// Makes room for everything simdjson needs; *start becomes the document with padding behind it.
problem prepare(cxm_json &self, cxm_str document, size_t readable, const char **start) {
    const size_t padding = simdjson::SIMDJSON_PADDING;
    const problem no_memory = {CXM_E_NOMEM, "out of memory"};
    if (document.len >= UINT32_MAX - padding)
        return problem_of(simdjson::CAPACITY);
    if (!make_room(self.allocator, self.strings, self.strings_capacity, document.len + padding))
        return no_memory;
    *start = document.ptr;
    if (readable < document.len || readable - document.len < padding) {
        if (!make_room(self.allocator, self.document, self.document_capacity,
                       document.len + padding))
            return no_memory;
        std::memcpy(self.document, document.ptr, document.len);
        std::memset(self.document + document.len, 0, padding);
        *start = self.document;
    }
    if (self.parser.capacity() >= document.len)
        return none;
    size_t capacity = 4096; // in powers of two, for lines that keep getting a little longer
    while (capacity < document.len)
        capacity *= 2;
    return problem_of(self.parser.allocate(capacity > UINT32_MAX ? UINT32_MAX : capacity));
}

cxm_status parse(cxm_json &self, cxm_str document, size_t readable, cxm_json_failure &failure) {
    const char *start;
    problem found = prepare(self, document, readable, &start);
    size_t place = 0;
    ondemand::document opened;
    if (found.status == CXM_OK) {
        error_code code =
            self.parser.iterate(start, document.len, document.len + simdjson::SIMDJSON_PADDING)
                .get(opened);
        found = problem_of(code);
        if (code == simdjson::UTF8_ERROR)
            place = cxm_utf8_invalid_at(document);
        else if (found.is_at_end)
            place = document.len;
        if (found.status == CXM_OK) {
            tree reading(self, document, start);
            found = reading.read(opened);
            place = reading.place();
        }
    }
    failure = {found.message, place};
    return found.status;
}

} // namespace

extern "C" {

cxm_status cxm_json_new(const cxm_allocator *allocator, cxm_json **out) {
    *out = nullptr;
    void *memory = allocator->resize(allocator->user, nullptr, 0, sizeof(cxm_json));
    if (!memory)
        return CXM_E_NOMEM;
    *out = new (memory) cxm_json();
    (*out)->allocator = *allocator;
    return CXM_OK;
}

void cxm_json_free(cxm_json *self) {
    if (!self)
        return;
    cxm_allocator allocator = self->allocator;
    cxm_release(&allocator, self->document, self->document_capacity);
    cxm_release(&allocator, self->strings, self->strings_capacity);
    cxm_release(&allocator, self->values, self->value_capacity * sizeof *self->values);
    self->~cxm_json();
    cxm_release(&allocator, self, sizeof *self);
}

cxm_status cxm_json_parse(cxm_json *self, cxm_str document, size_t readable,
                          const cxm_json_value **root, cxm_json_failure *failure) {
    *root = nullptr;
    self->value_count = 0;
    cxm_status status = CXM_E_NOMEM;
#if defined(__cpp_exceptions)
    try {
        status = parse(*self, document, readable, *failure);
    } catch (...) {
        *failure = {"out of memory", 0};
    }
#else
    status = parse(*self, document, readable, *failure);
#endif
    if (status == CXM_OK)
        *root = self->values;
    return status;
}
}
