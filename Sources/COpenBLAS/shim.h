// Types alone: the library is loaded at run time, after its settings have been made.
#include <cblas.h>
