package main

import (
	"iter"
	"slices"
)

// nearest is the known name that takes the fewest changed letters to reach; of
// equals the first in the alphabet.
func nearest(name string, known iter.Seq[string]) string {
	best, least := "", -1
	for _, k := range slices.Sorted(known) {
		if d := changes(name, k); least < 0 || d < least {
			best, least = k, d
		}
	}
	return best
}

// changes counts the letters to put in, take out or replace to make b of a
// (Levenshtein distance), one row of the table at a time.
func changes(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			replace := diagonal
			if a[i] != b[j] {
				replace++
			}
			diagonal = row[j+1]
			row[j+1] = min(replace, row[j+1]+1, row[j]+1)
		}
	}
	return row[len(b)]
}
