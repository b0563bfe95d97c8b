package handlers

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"handrail/handlers/door"
	"handrail/handlers/edge"
	"handrail/notify"
)

type pushDeviceInput struct {
	Body struct {
		Channel string `json:"channel" enum:"fcm,webpush"`
		Token   string `json:"token" minLength:"1" maxLength:"4096" doc:"Of FCM; or the endpoint of a Web Push subscription."`
		P256dh  string `json:"p256dh,omitempty" maxLength:"128" doc:"Web Push: the subscription's key."`
		Auth    string `json:"auth,omitempty" maxLength:"64" doc:"Web Push: the subscription's secret."`
		Zone    string `json:"zone,omitempty" maxLength:"64" doc:"IANA: the clock that this device goes by."`
		// A browser has one subscription for all its people.
		Beside []string `json:"beside,omitempty" maxItems:"20" maxLength:"36" doc:"Sessions of other people who use this same device and keep the token. Left out: whoever else had it loses it."`
	}
}

// pushDevice is what is known of the device of a session. The token never comes
// back.
type pushDevice struct {
	Registered bool       `json:"registered"`
	Channel    string     `json:"channel,omitempty"`
	State      string     `json:"state,omitempty" enum:"live,resting,refused,set-aside" doc:"Whether pushes arrive: live; resting or set-aside, they do not, until a fresh token comes; refused, the last one did not."`
	SeenAt     *time.Time `json:"seenAt,omitempty"`
	WantFresh  bool       `json:"freshTokenWanted" doc:"Drop the token that you have and register a new one."`
}

type pushKey struct {
	Key string `json:"key" doc:"The applicationServerKey to subscribe with (RFC 8292), base64url."`
}

// pushDevices registers where pushes go: to the device of a session, as long as the
// session lives.
func (a *API) pushDevices() {
	tag := []string{"Reminders"}
	const path = "/v1/me/push-device"
	door.Register(a.API, huma.Operation{OperationID: "readPushKey", Method: http.MethodGet, Path: "/v1/push-key", Tags: tag, Security: edge.Public, Summary: "The key that a page subscribes to Web Push with"},
		func(context.Context, *struct{}) (*edge.Answer[pushKey], error) {
			return edge.NewAnswer(pushKey{a.config.Notify.WebPushKey()}), nil
		})
	door.Register(a.API, huma.Operation{OperationID: "readPushDevice", Method: http.MethodGet, Path: path, Tags: tag, Summary: "Whether this device gets pushes"}, a.readPushDevice)
	door.Register(a.API, huma.Operation{OperationID: "setPushDevice", Method: http.MethodPut, Path: path, Tags: tag, Summary: "Let this device get pushes, or give its fresh token"},
		func(ctx context.Context, in *pushDeviceInput) (*edge.Answer[pushDevice], error) {
			s, err := a.Care.Signin.CurrentSession(ctx, edge.ActorFrom(ctx))
			if err != nil {
				return nil, err
			}
			d, err := a.config.Notify.Register(ctx, s, notify.Registration{DeviceID: s.Device.ID, Channel: in.Body.Channel, Zone: in.Body.Zone, Beside: in.Body.Beside,
				Address: notify.Address{To: in.Body.Token, P256dh: in.Body.P256dh, Auth: in.Body.Auth}})
			if err != nil {
				return nil, err
			}
			return edge.NewAnswer(viewDevice(d)), nil
		})
	door.Register(a.API, huma.Operation{OperationID: "removePushDevice", Method: http.MethodDelete, Path: path, Tags: tag, DefaultStatus: http.StatusNoContent, Summary: "No pushes to this device any more"},
		func(ctx context.Context, _ *struct{}) (*struct{}, error) {
			return nil, a.config.Notify.SessionEnded(ctx, edge.ActorFrom(ctx).SessionID)
		})
}

func (a *API) readPushDevice(ctx context.Context, _ *struct{}) (*edge.Answer[pushDevice], error) {
	who := edge.ActorFrom(ctx)
	devices, err := a.config.Notify.Devices(ctx, who.AccountID)
	if err != nil {
		return nil, err
	}
	for _, d := range devices {
		if d.SessionID == who.SessionID {
			return edge.NewAnswer(viewDevice(d)), nil
		}
	}
	return edge.NewAnswer(pushDevice{}), nil
}

func viewDevice(d notify.Device) pushDevice {
	return pushDevice{true, d.Channel, d.State, &d.SeenAt, d.WantFresh}
}
