/* What was rendered: every file of the output folder before it is written. */
#ifndef MODEL_DOCUMENT_H
#define MODEL_DOCUMENT_H

#include "base/vec.h"

typedef struct {
	str path; /* below the output folder */
	str bytes;
	str sha256;      /* of the bytes; empty until it is asked for */
	bool instructor; /* not for learners */
	bool copied;     /* a starter file or an evidence file, as it is in the catalogue */
} document;

typedef struct {
	VEC(document) list;
} documents;

#endif
