/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Answers to so many forms go along with one operation; every hub refuses more of them. What a call is asked beyond that follows as contact.answer. */
#define KITH_ANSWERS_MOST_FORMS 4
