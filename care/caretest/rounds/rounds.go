// Package rounds says how often tests at scale repeat: a property over random cases, a
// race of many, a program that is killed again and again. As a rule a test does a few,
// that find what is broken outright; HANDRAIL_ROUNDS asks for more: "many" are as many
// as the test says, a number is that number. What runs with many is listed in
// cmd/handrail-test (step scale), in parts.
package rounds

import (
	"os"
	"strconv"
)

// Variable asks for more.
const Variable = "HANDRAIL_ROUNDS"

// Of chooses between few and many.
func Of(few, many int) int {
	text := os.Getenv(Variable)
	if text == "many" {
		return many
	}
	if n, err := strconv.Atoi(text); err == nil && n > 0 {
		return n
	}
	return few
}
