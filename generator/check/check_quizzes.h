/* What the rules about quizzes share. */
#ifndef CHECK_CHECK_QUIZZES_H
#define CHECK_CHECK_QUIZZES_H

#include "check/checker.h"

size_t quiz_item_keys(const quiz_item *item); /* how many options are correct */
place place_quiz_item(const quiz *q, const quiz_item *item);

#endif
