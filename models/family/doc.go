// Package family knows the rules of a place beside a patient: the invitation that the
// patient makes, what both have agreed to, when a look into the record ends, and what
// family and friends tell about themselves, which is theirs alone. It is pure.
package family
