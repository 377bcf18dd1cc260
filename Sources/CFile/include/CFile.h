#ifndef CFILE_H
#define CFILE_H

#include <sys/types.h>

/// Sets room aside for the bytes from `start` on without making the file longer.
/// Returns an error number, 0 for success.
int file_reserve(int file, off_t start, off_t count);

#endif
