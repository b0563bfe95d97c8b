package referrals_test

import (
	"testing"

	"handrail/care/caretest"
	"handrail/models"
	"handrail/models/referral"
)

// TestAVersionFarBehindIsRefused: needs and a partner that were changed fifty times since
// somebody loaded them stay as they are now.
func TestAVersionFarBehindIsRefused(t *testing.T) {
	c := newClinic(t, 5)
	ctx := t.Context()
	wants := func(n int) referral.SocialNeeds {
		return referral.SocialNeeds{Needs: []referral.Asked{{Need: "food", Wants: referral.Wants[n%2]}}}
	}
	for n := range 50 {
		if _, err := c.part(c.sam).SetNeeds(ctx, int64(n+1), wants(n)); err != nil {
			t.Fatal(n, err)
		}
		if _, err := c.Care.Referral.SetPartner(ctx, c.Admin, int64(n+1), c.first, terms(6+n), false); err != nil {
			t.Fatal(n, err)
		}
	}
	_, err := c.part(c.sam).SetNeeds(ctx, 1, referral.SocialNeeds{Needs: []referral.Asked{{Need: "work", Wants: "help"}}})
	caretest.WantKind(t, err, models.KindStale, "version-not-newest")
	_, err = c.Care.Referral.SetPartner(ctx, c.Admin, 1, c.first, terms(1), false)
	caretest.WantKind(t, err, models.KindStale, "version-not-newest")
	needs, err := c.part(c.sam).Needs(ctx)
	if err != nil || needs.Value.Needs[0] != wants(49).Needs[0] || needs.Version != 51 {
		t.Errorf("%+v, %v", needs, err)
	}
	p, err := c.Care.Referral.Partner(ctx, c.Admin, c.first)
	if err != nil || p.Value.Capacity != 55 || p.Version != 51 {
		t.Errorf("%+v, %v", p, err)
	}
}
