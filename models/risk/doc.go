// Package risk knows what an alert is, which rules raise one, and how it moves: who is
// asked when, and what ends it. It is pure. The source of tiers, times and rules is the
// risk reference, sections 2 to 4; [P] marks what is our own default.
package risk
