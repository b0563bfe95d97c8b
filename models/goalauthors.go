package models

import "maps"

// sign notes by as the author of every term that differs from before. The map is
// copied: the goal as it was before must keep its own for the history.
func (g *Goal) sign(before GoalTerms, by Actor) {
	authors := maps.Clone(g.WrittenBy)
	if authors == nil {
		authors = map[string]Author{}
	}
	for _, field := range ChangedFields(Goal{GoalTerms: before}, Goal{GoalTerms: g.GoalTerms}) {
		authors[field] = AuthorOf(by)
	}
	g.WrittenBy = authors
}
