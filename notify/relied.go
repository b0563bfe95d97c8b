package notify

import (
	"context"
	"slices"

	"handrail/models/reminder"
)

// whyAtFault is why a way was passed over.
const whyAtFault = "channel-at-fault"

// passes tells whether the step of an entry that others rely on is passed over: it goes by
// channels that were found at fault, whose tries would take a quarter of an hour, and another
// way that is left reaches the person.
func (n *Notifier) passes(ctx context.Context, e *entry, known map[string][]*device) (bool, error) {
	if e.First == 0 || e.Attempts > 0 {
		return false, nil
	}
	faulty, err := n.faulty(ctx)
	if err != nil || !anyFault(faulty) {
		return false, refusal(err)
	}
	for i, step := range e.Steps[e.At:] {
		reaches, err := n.stepReaches(ctx, e, step, known, faulty)
		if err != nil {
			return false, err
		}
		if reaches {
			e.passed = i > 0
			return e.passed, nil
		}
	}
	return false, nil
}

func anyFault(faulty map[string]bool) bool {
	for _, is := range faulty {
		if is {
			return true
		}
	}
	return false
}

// stepReaches tells whether somebody can be reached by a step now.
func (n *Notifier) stepReaches(ctx context.Context, e *entry, step reminder.Step, known map[string][]*device, faulty map[string]bool) (bool, error) {
	switch step {
	case reminder.StepPush:
		devices, err := n.devicesIn(ctx, e.AccountID, known)
		return slices.ContainsFunc(devices, func(d *device) bool { return d.usable(n.now()) && n.carries(d.Channel, d.Address, faulty) }), err
	case reminder.StepEmail, reminder.StepSMS:
		p, err := n.person(ctx, e.AccountID)
		if err != nil {
			return false, err
		}
		return step == reminder.StepEmail && n.mailReaches(p, faulty) || step == reminder.StepSMS && n.smsReaches(p, faulty), nil
	}
	return step == reminder.StepPerson, nil
}
