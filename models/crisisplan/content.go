package crisisplan

// Content is what a crisis plan says. A content is never changed in place: an
// edit makes a new one, and versions may share parts.
type Content struct {
	WarningSigns        []Sign             `json:"warningSigns,omitempty"`
	InternalCoping      []Coping           `json:"internalCoping,omitempty"`
	SocialDistraction   []Company          `json:"socialDistraction,omitempty"`
	CrisisSupport       []Helper           `json:"crisisSupport,omitempty"`
	ProfessionalSupport *Professionals     `json:"professionalSupport,omitempty"`
	LethalMeansSafety   []MeansStep        `json:"lethalMeansSafety,omitempty"`
	ReasonForLiving     string             `json:"reasonForLiving,omitempty"`
	Naloxone            *Naloxone          `json:"naloxone,omitempty"`
	ToleranceLoss       []ToleranceLoss    `json:"toleranceLoss,omitempty"`
	NeverUseAlone       *NeverUseAlone     `json:"neverUseAlone,omitempty"`
	DrugChecking        *DrugChecking      `json:"drugChecking,omitempty"`
	PostOverdose        []PostOverdoseStep `json:"postOverdose,omitempty"`
}

// Sign is a sign that a crisis may begin.
type Sign struct {
	Text string `json:"text"`
	Kind string `json:"kind,omitempty"`
}

// Coping is something to do alone.
type Coping struct {
	Text     string `json:"text"`
	Exercise string `json:"exercise,omitempty"`
}

// Company is a person or a place that takes the mind elsewhere.
type Company struct {
	Name  string `json:"name"`
	Kind  string `json:"kind,omitempty"`
	Phone *Phone `json:"phone,omitempty"`
	Note  string `json:"note,omitempty"`
}

// Helper is somebody who can be told. MayBeTold is the patient's wish; it
// opens nothing by itself and is no consent.
type Helper struct {
	Name         string `json:"name"`
	Relationship string `json:"relationship,omitempty"`
	Phone        Phone  `json:"phone"`
	Agreed       bool   `json:"agreed"`
	MayBeTold    bool   `json:"mayBeTold"`
}

// Professionals is who is trained to help.
type Professionals struct {
	Contacts            []Professional `json:"contacts,omitempty"`
	EmergencyDepartment *Department    `json:"emergencyDepartment,omitempty"`
}

// Professional is a clinician or an agency.
type Professional struct {
	Name      string `json:"name"`
	Agency    string `json:"agency,omitempty"`
	Phone     Phone  `json:"phone"`
	Hours     *Hours `json:"hours,omitempty"`
	RenewedOn string `json:"renewedOn,omitempty"`
}

// Department is the nearest emergency department.
type Department struct {
	Name    string `json:"name"`
	Address string `json:"address,omitempty"`
	Phone   *Phone `json:"phone,omitempty"`
}

// MeansStep is one agreed step that puts time and distance in between.
type MeansStep struct {
	Text   string `json:"text"`
	HeldBy string `json:"heldBy,omitempty"`
	Done   bool   `json:"done,omitempty"`
	DoneOn string `json:"doneOn,omitempty"`
}

// Naloxone is where the kits are and who can use them.
type Naloxone struct {
	Kits       []NaloxoneKit `json:"kits,omitempty"`
	Responders []string      `json:"responders,omitempty"`
}

// NaloxoneKit is one kit.
type NaloxoneKit struct {
	Location  string `json:"location"`
	Form      string `json:"form,omitempty"`
	ExpiresOn string `json:"expiresOn,omitempty"`
	WhoKnows  string `json:"whoKnows,omitempty"`
}

// ToleranceLoss is a break after which an amount that was taken before can kill.
type ToleranceLoss struct {
	Reason string `json:"reason"`
	Since  string `json:"since,omitempty"`
}

// NeverUseAlone is a line that stays on the phone and can send help.
type NeverUseAlone struct {
	Name  string `json:"name,omitempty"`
	Phone *Phone `json:"phone,omitempty"`
	Text  string `json:"text,omitempty"`
}

// DrugChecking is where test strips are.
type DrugChecking struct {
	Strips bool   `json:"strips"`
	Where  string `json:"where,omitempty"`
}

// PostOverdoseStep is one of the steps after an overdose, done or to be done.
type PostOverdoseStep struct {
	Step   string `json:"step"`
	DoneOn string `json:"doneOn,omitempty"`
}
