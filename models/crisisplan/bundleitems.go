package crisisplan

import "handrail/models"

// How each sort of entry of a plan is put into words.

func written[T any](list []T, one func(T) BundleItem) []BundleItem {
	out := make([]BundleItem, 0, len(list))
	for _, entry := range list {
		out = append(out, one(entry))
	}
	return out
}

func (w planWriter) sign(s Sign) BundleItem {
	i := BundleItem{Text: s.Text}
	return i.say(w.t.Labels["kind"], w.t.Choices[s.Kind])
}

func (w planWriter) coping(s Coping) BundleItem {
	i := BundleItem{Text: s.Text, Exercise: s.Exercise}
	return i.say(w.t.Labels["exercise"], w.t.Exercises[s.Exercise].Title)
}

func (w planWriter) company(s Company) BundleItem {
	i := w.reach(BundleItem{Text: s.Name}, s.Phone)
	return i.say(w.t.Labels["kind"], w.t.Choices[s.Kind]).say(w.t.Labels["note"], s.Note)
}

func (w planWriter) helper(s Helper) BundleItem {
	i := w.reach(BundleItem{Text: s.Name}, &s.Phone).say(w.t.Labels["relationship"], s.Relationship)
	i = i.say(w.t.Labels["agreed"], w.t.Choices[either(s.Agreed, "agreed", "not-agreed")])
	if s.MayBeTold {
		i = i.say(w.t.Labels["mayBeTold"], w.t.Choices["may-be-told"])
	}
	return i
}

func (w planWriter) professionals(s *Professionals, lines []models.NumberToCall) []BundleItem {
	out := []BundleItem{}
	if s != nil {
		for _, p := range s.Contacts {
			i := w.reach(BundleItem{Text: p.Name, Hours: p.Hours}, &p.Phone)
			out = append(out, i.say(w.t.Labels["agency"], p.Agency).on(w.t.Labels["renewedOn"], p.RenewedOn))
		}
		if d := s.EmergencyDepartment; d != nil {
			i := w.reach(BundleItem{Text: d.Name}, d.Phone)
			out = append(out, i.say(w.t.Labels["kind"], w.t.Choices["emergency-department"]).say(w.t.Labels["address"], d.Address))
		}
	}
	for _, l := range lines {
		out = append(out, BundleItem{Text: l.Name, Calls: []models.NumberToCall{{Display: l.Display, Href: l.Href, Kind: l.Kind}}})
	}
	return out
}

func (w planWriter) meansStep(s MeansStep) BundleItem {
	i := BundleItem{Text: s.Text}
	i = i.say(w.t.Labels["heldBy"], s.HeldBy).say(w.t.Labels["state"], w.t.Choices[either(s.Done, "done", "not-done")])
	return i.on(w.t.Labels["doneOn"], s.DoneOn)
}

func (w planWriter) naloxone(n *Naloxone) []BundleItem {
	if n == nil {
		return nil
	}
	out := written(n.Kits, func(k NaloxoneKit) BundleItem {
		i := BundleItem{Text: k.Location}
		i = i.say(w.t.Labels["form"], w.t.Choices[k.Form]).on(w.t.Labels["expiresOn"], k.ExpiresOn)
		return i.say(w.t.Labels["whoKnows"], k.WhoKnows)
	})
	for _, name := range n.Responders {
		i := BundleItem{Text: name}
		out = append(out, i.say(w.t.Labels["kind"], w.t.Labels["responder"]))
	}
	return out
}

func (w planWriter) toleranceLoss(l ToleranceLoss) BundleItem {
	i := BundleItem{Text: w.t.Choices[l.Reason]}
	return i.on(w.t.Labels["since"], l.Since)
}

func (w planWriter) neverUseAlone(n *NeverUseAlone) []BundleItem {
	out := []BundleItem{}
	if n == nil {
		return out
	}
	if name := n.Name; name != "" || n.Phone != nil {
		if name == "" {
			name = n.Phone.Display
		}
		out = append(out, w.reach(BundleItem{Text: name}, n.Phone))
	}
	if n.Text != "" {
		out = append(out, BundleItem{Text: n.Text})
	}
	return out
}

func (w planWriter) drugChecking(d *DrugChecking) []BundleItem {
	if d == nil {
		return nil
	}
	i := BundleItem{Text: w.t.Choices[either(d.Strips, "strips", "no-strips")]}
	return []BundleItem{i.say(w.t.Labels["where"], d.Where)}
}

func (w planWriter) postOverdose(s PostOverdoseStep) BundleItem {
	i := BundleItem{Text: w.t.Choices[s.Step]}
	return i.on(w.t.Labels["doneOn"], s.DoneOn)
}

// reach adds how to call somebody, and what is known about the number.
func (w planWriter) reach(i BundleItem, p *Phone) BundleItem {
	if p == nil {
		return i
	}
	i.Calls = p.Calls()
	if check, known := w.plan.Numbers[p.Number]; known {
		i.CheckFrom, i.Unreachable = check.again(), check.Unreachable
	}
	return i
}

// say adds a detail; nothing when there is nothing to say.
func (i BundleItem) say(label, text string) BundleItem {
	if text != "" {
		i.Details = append(i.Details, BundleDetail{Label: label, Text: text})
	}
	return i
}

func (i BundleItem) on(label, day string) BundleItem {
	if day != "" {
		i.Details = append(i.Details, BundleDetail{Label: label, Day: day})
	}
	return i
}

func either(is bool, yes, no string) string {
	if is {
		return yes
	}
	return no
}
