package fhir

import "strings"

// Parameters is http://hl7.org/fhir/R4/parameters.html, as far as $hold and $book
// take it: one reference to an Appointment. What is not understood is refused and
// not ignored.
type Parameters struct {
	ResourceType string      `json:"resourceType" enum:"Parameters"`
	ID           string      `json:"id,omitempty" maxLength:"64"`
	Parameter    []Parameter `json:"parameter" minItems:"1" maxItems:"1"`
}

// Parameter is the one that there is.
type Parameter struct {
	Name           string          `json:"name" enum:"appointment-reference"`
	ValueReference ReferenceToHold `json:"valueReference"`
}

// ReferenceToHold points to an Appointment that $find proposed or $hold kept.
type ReferenceToHold struct {
	Reference string `json:"reference" minLength:"1" maxLength:"200" doc:"Appointment/…"`
	Type      string `json:"type,omitempty" maxLength:"64"`
	Display   string `json:"display,omitempty" maxLength:"200"`
}

// AppointmentID is the id that the reference names, "" when it is no Appointment's.
// A reference may be relative, or absolute with any base.
func (p Parameters) AppointmentID() string {
	if len(p.Parameter) != 1 {
		return ""
	}
	return IDOf("Appointment", p.Parameter[0].ValueReference.Reference)
}

// IDOf reads the id of a reference to a type of resource: "Patient/1", the same with
// a base before it, or "1" alone. "" when it is of another type.
func IDOf(kind, reference string) string {
	parts := strings.Split(reference, "/")
	id := parts[len(parts)-1]
	if len(parts) > 1 && parts[len(parts)-2] != kind || !idLike(id) {
		return ""
	}
	if len(id) == 36 { // a UUID is compared without case (RFC 9562, section 4)
		return strings.ToLower(id)
	}
	return id
}

// idLike is http://hl7.org/fhir/R4/datatypes.html#id.
func idLike(id string) bool {
	return id != "" && len(id) <= 64 && strings.Trim(id, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.") == ""
}
