package chart

import (
	"handrail/models"
	"handrail/store"
	"handrail/store/tail"
)

// Lines follows the audit log.
type Lines = tail.Tail[models.AuditEvent]

// UnreadableEvent is the action of a line that can't be read: who follows the log must
// be able to go on behind it.
const UnreadableLine = "unreadable"

// ReadLine reads a line for workers.
func ReadLine(d store.Doc) models.AuditEvent {
	v, err := Readable[models.AuditEvent](d)
	if err != nil || v.Value.ID != d.ID {
		return models.AuditEvent{ID: d.ID, Action: UnreadableLine}
	}
	return v.Value
}
