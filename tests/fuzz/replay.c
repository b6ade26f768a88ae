/* SPDX-License-Identifier: MIT */
/* Runs a fuzz target over files, and over all files of folders, as an ordinary test. */
#define _POSIX_C_SOURCE 200809L /* for opendir and stat */

#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static size_t run_count;

static int run_file(const char *path, size_t size) {
    FILE *file = fopen(path, "rb");
    uint8_t *data = malloc(size ? size : 1);
    if (!file || !data || fread(data, 1, size, file) != size) {
        perror(path);
        return EXIT_FAILURE;
    }
    fclose(file);
    LLVMFuzzerTestOneInput(data, size);
    free(data);
    run_count++;
    return EXIT_SUCCESS;
}

static int run_path(const char *path);

static int run_folder(const char *path) {
    DIR *folder = opendir(path);
    int status = EXIT_SUCCESS;
    if (!folder) {
        perror(path);
        return EXIT_FAILURE;
    }
    for (struct dirent *entry; !status && (entry = readdir(folder));) {
        char inside[4096];
        if (entry->d_name[0] == '.')
            continue;
        snprintf(inside, sizeof inside, "%s/%s", path, entry->d_name);
        status = run_path(inside);
    }
    closedir(folder);
    return status;
}

static int run_path(const char *path) {
    struct stat is;
    if (stat(path, &is) != 0) {
        perror(path);
        return EXIT_FAILURE;
    }
    return S_ISDIR(is.st_mode) ? run_folder(path) : run_file(path, (size_t)is.st_size);
}

int main(int argc, char **argv) {
    int status = EXIT_SUCCESS;
    LLVMFuzzerTestOneInput(NULL, 0);
    for (int i = 1; i < argc && !status; i++)
        status = run_path(argv[i]);
    printf("%zu inputs\n", run_count);
    return status;
}
