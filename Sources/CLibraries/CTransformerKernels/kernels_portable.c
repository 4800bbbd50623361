// Any processor: the vectors of 16 become whatever the compiler's target has (SSE2, NEON).

#define NAME fn_kernels_portable
#if defined(__aarch64__)
#define ROWS 4
#else
#define ROWS 2
#endif
#define VECTORS 1

#include "kernels_template.h"
