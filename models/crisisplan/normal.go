package crisisplan

import "slices"

// normal makes equal what means the same: numbers as they are DialledPhone, nothing
// instead of what is empty. It changes a copy.
func (p Content) normal() Content {
	p.WarningSigns, p.InternalCoping = orNone(p.WarningSigns), orNone(p.InternalCoping)
	p.ToleranceLoss, p.PostOverdose = orNone(p.ToleranceLoss), orNone(p.PostOverdose)
	p.LethalMeansSafety = eachOf(p.LethalMeansSafety, func(s *MeansStep) { s.Done = s.Done || s.DoneOn != "" })
	p.SocialDistraction = eachOf(p.SocialDistraction, func(s *Company) { s.Phone = normalPhone(s.Phone) })
	p.CrisisSupport = eachOf(p.CrisisSupport, func(s *Helper) { s.Phone = s.Phone.normal() })
	p.ProfessionalSupport = p.ProfessionalSupport.normal()
	p.Naloxone = p.Naloxone.normal()
	if n := p.NeverUseAlone; n != nil {
		if *n == (NeverUseAlone{}) {
			p.NeverUseAlone = nil
		} else {
			p.NeverUseAlone = &NeverUseAlone{n.Name, normalPhone(n.Phone), n.Text}
		}
	}
	return p
}

func (p *Professionals) normal() *Professionals {
	if p == nil || len(p.Contacts) == 0 && p.EmergencyDepartment == nil {
		return nil
	}
	out := &Professionals{Contacts: eachOf(p.Contacts, func(s *Professional) {
		s.Phone = s.Phone.normal()
		if s.Hours != nil {
			s.Hours = &Hours{s.Hours.Always, s.Hours.Zone, orNone(s.Hours.Open)}
		}
	})}
	if d := p.EmergencyDepartment; d != nil {
		out.EmergencyDepartment = &Department{d.Name, d.Address, normalPhone(d.Phone)}
	}
	return out
}

func (n *Naloxone) normal() *Naloxone {
	if n == nil || len(n.Kits)+len(n.Responders) == 0 {
		return nil
	}
	return &Naloxone{orNone(n.Kits), orNone(n.Responders)}
}

func normalPhone(p *Phone) *Phone {
	if p == nil || *p == (Phone{}) {
		return nil
	}
	out := p.normal()
	return &out
}

func orNone[T any](list []T) []T {
	if len(list) == 0 {
		return nil
	}
	return list
}

// eachOf changes the entries of a copy.
func eachOf[T any](list []T, change func(*T)) []T {
	out := slices.Clone(orNone(list))
	for i := range out {
		change(&out[i])
	}
	return out
}
