// What Swift's Glibc module leaves out since it stands behind _GNU_SOURCE.
#define _GNU_SOURCE
#include "CFile.h"

#include <errno.h>
#include <fcntl.h>

int file_reserve(int file, off_t start, off_t count) {
#ifdef FALLOC_FL_KEEP_SIZE
    return fallocate(file, FALLOC_FL_KEEP_SIZE, start, count) == 0 ? 0 : errno;
#else
    return ENOTSUP;
#endif
}
