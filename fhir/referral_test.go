package fhir

import (
	"testing"
	"time"
)

// TestAReferralIsARequestAndATask: the request is active until the task has ended, and a
// task that has ended is due no more.
func TestAReferralIsARequestAndATask(t *testing.T) {
	day := func(n int) time.Time { return time.Date(2026, 3, n, 9, 0, 0, 0, time.UTC) }
	booked := day(20)
	r := Referral{ID: "01950000-0000-7000-8000-0000000000f1", PatientID: "01950000-0000-7000-8000-0000000000a1", Need: "housing", Status: "accepted", ClinicianID: "01950000-0000-7000-8000-0000000000c1",
		Clinician: "Ana Ruiz", Partner: "Harbor House", MadeAt: day(4), ChangedAt: day(6), DueAt: day(21), BookedFor: &booked}
	golden(t, "servicerequest.json", ServiceRequestOf(r))
	golden(t, "task.json", TaskOf(r))
	for status, want := range map[string]string{"draft": "draft", "requested": "active", "accepted": "active", "rejected": "revoked", "in-progress": "active", "on-hold": "on-hold", "completed": "completed", "cancelled": "revoked", "failed": "revoked"} {
		r.Status, r.Ended = status, status == "rejected" || status == "completed" || status == "cancelled" || status == "failed"
		if s := ServiceRequestOf(r).Status; s != want {
			t.Errorf("the request of a task that is %s is %s", status, s)
		}
		if task := TaskOf(r); (task.Restriction == nil) != r.Ended {
			t.Errorf("%s is due: %+v", status, task.Restriction)
		}
	}
}
