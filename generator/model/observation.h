/* A value that a condition looked at. */
#ifndef MODEL_OBSERVATION_H
#define MODEL_OBSERVATION_H

#include "base/value.h"

typedef struct {
	str text; /* as written in the condition, such as skill.low */
	value value;
} observation;
typedef LIST(observation) list_observation;

#endif
