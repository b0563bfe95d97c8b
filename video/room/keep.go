package room

import "handrail/models"

// MayKeep tells whether somebody may keep what is written here: who treats, from inside.
//
// Errors: KindConflict not-in-the-visit; KindForbidden not-your-role.
func (r *Room) MayKeep(id string) error {
	p := r.Person(id)
	switch {
	case p == nil || p.Place != Inside || r.Phase == Ended:
		return NotInside()
	case !p.Role.Treats():
		return models.E(models.KindForbidden, "not-your-role", "Your role in this visit does not allow this.")
	}
	return nil
}

// Keep notes by whom what is written here was kept, so that everybody is told.
func (r *Room) Keep(id string) error {
	if err := r.MayKeep(id); err != nil {
		return err
	}
	r.KeptBy = r.Person(id).Name
	r.Version++
	return nil
}

// NotInside is the answer to whoever must be in the visit for this.
func NotInside() error {
	return models.E(models.KindConflict, "not-in-the-visit", "Join the visit first.")
}
