#pragma once
#include <spawn.h>

// glibc declares these for _GNU_SOURCE alone, which Swift's own module of it does not define.
int pipe2(int[2], int);
int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *, int);
int posix_spawn_file_actions_addchdir_np(posix_spawn_file_actions_t *, const char *);
