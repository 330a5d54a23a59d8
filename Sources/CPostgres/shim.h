#ifndef GANGWAY_CPOSTGRES_SHIM_H
#define GANGWAY_CPOSTGRES_SHIM_H
#include <libpq-fe.h>
#endif
