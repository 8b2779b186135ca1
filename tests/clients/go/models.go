package clients

import (
	abstractions "github.com/microsoft/kiota-abstractions-go"
	"github.com/microsoft/kiota-abstractions-go/serialization"
)

// As much of the models that msgraph-sdk-go generates as the tests use: compiling all of them takes
// many minutes. What reads and writes them, and all below that, is the SDK itself.

type User struct {
	ID, DisplayName, JobTitle, Mail, MailNickname, UserPrincipalName *string
	AccountEnabled                                                   *bool
	PasswordProfile                                                  *PasswordProfile
}

func (u *User) properties() properties {
	return properties{"id": &u.ID, "displayName": &u.DisplayName, "jobTitle": &u.JobTitle, "mail": &u.Mail,
		"mailNickname": &u.MailNickname, "userPrincipalName": &u.UserPrincipalName,
		"accountEnabled": &u.AccountEnabled, "passwordProfile": object(&u.PasswordProfile)}
}
func (u *User) Serialize(to writer) error      { return u.properties().serialize(to) }
func (u *User) GetFieldDeserializers() readers { return u.properties().readers() }

type PasswordProfile struct{ Password *string }

func (p *PasswordProfile) properties() properties         { return properties{"password": &p.Password} }
func (p *PasswordProfile) Serialize(to writer) error      { return p.properties().serialize(to) }
func (p *PasswordProfile) GetFieldDeserializers() readers { return p.properties().readers() }

type Event struct{ ETag, ID, Subject *string }

func (e *Event) properties() properties {
	return properties{"@odata.etag": &e.ETag, "id": &e.ID, "subject": &e.Subject}
}
func (e *Event) Serialize(to writer) error      { return e.properties().serialize(to) }
func (e *Event) GetFieldDeserializers() readers { return e.properties().readers() }

type ReferenceCreate struct{ ODataID *string }

func (r *ReferenceCreate) properties() properties         { return properties{"@odata.id": &r.ODataID} }
func (r *ReferenceCreate) Serialize(to writer) error      { return r.properties().serialize(to) }
func (r *ReferenceCreate) GetFieldDeserializers() readers { return r.properties().readers() }

type CredentialUserRegistrationCount struct {
	ODataType, ID          *string
	TotalUserCount         *int32
	UserRegistrationCounts []*UserRegistrationCount
}

func (c *CredentialUserRegistrationCount) properties() properties {
	return properties{"@odata.type": &c.ODataType, "id": &c.ID, "totalUserCount": &c.TotalUserCount,
		"userRegistrationCounts": objects(&c.UserRegistrationCounts)}
}
func (c *CredentialUserRegistrationCount) Serialize(to writer) error {
	return c.properties().serialize(to)
}
func (c *CredentialUserRegistrationCount) GetFieldDeserializers() readers {
	return c.properties().readers()
}

type UserRegistrationCount struct {
	ODataType, RegistrationStatus *string
	RegistrationCount             *int32
}

func (u *UserRegistrationCount) properties() properties {
	return properties{"@odata.type": &u.ODataType, "registrationStatus": &u.RegistrationStatus,
		"registrationCount": &u.RegistrationCount}
}
func (u *UserRegistrationCount) Serialize(to writer) error      { return u.properties().serialize(to) }
func (u *UserRegistrationCount) GetFieldDeserializers() readers { return u.properties().readers() }

// Page is what a collection answers, and what core.PageIterator asks of it.
type Page[T any, M model[T]] struct {
	Value    []M
	NextLink *string
}

func (p *Page[T, M]) properties() properties {
	return properties{"value": objects(&p.Value), "@odata.nextLink": &p.NextLink}
}
func (p *Page[T, M]) Serialize(to writer) error      { return p.properties().serialize(to) }
func (p *Page[T, M]) GetFieldDeserializers() readers { return p.properties().readers() }
func (p *Page[T, M]) GetValue() []M                  { return p.Value }
func (p *Page[T, M]) GetOdataNextLink() *string      { return p.NextLink }

// ODataError is what a refused request is told as.
type ODataError struct {
	abstractions.ApiError
	Main *MainError
}

func (e *ODataError) properties() properties         { return properties{"error": object(&e.Main)} }
func (e *ODataError) Serialize(to writer) error      { return e.properties().serialize(to) }
func (e *ODataError) GetFieldDeserializers() readers { return e.properties().readers() }
func (e *ODataError) Error() string                  { return *e.Main.Code + ": " + *e.Main.Message }

type MainError struct{ Code, Message *string }

func (m *MainError) properties() properties {
	return properties{"code": &m.Code, "message": &m.Message}
}
func (m *MainError) Serialize(to writer) error      { return m.properties().serialize(to) }
func (m *MainError) GetFieldDeserializers() readers { return m.properties().readers() }

type (
	writer  = serialization.SerializationWriter
	readers = map[string]func(serialization.ParseNode) error

	model[T any] interface {
		*T
		serialization.Parsable
	}

	// Where a model keeps each property, by its name in JSON.
	properties map[string]any

	// A property whose value is made of models.
	nested struct {
		read  func(serialization.ParseNode) error
		write func(writer, string) error
	}
)

func create[T any, M model[T]](serialization.ParseNode) (serialization.Parsable, error) {
	return M(new(T)), nil
}

func object[T any, M model[T]](at *M) nested {
	return nested{
		abstractions.SetObjectValue(create[T, M], func(value M) { *at = value }),
		func(to writer, name string) error {
			if *at == nil {
				return nil
			}
			return to.WriteObjectValue(name, *at)
		},
	}
}

func objects[T any, M model[T]](at *[]M) nested {
	return nested{
		abstractions.SetCollectionOfObjectValues(create[T, M], func(values []M) { *at = values }),
		func(to writer, name string) error {
			return to.WriteCollectionOfObjectValues(name, abstractions.CollectionCast[serialization.Parsable](*at))
		},
	}
}

func (p properties) serialize(to writer) error {
	for name, at := range p {
		var err error
		switch at := at.(type) {
		case **string:
			err = to.WriteStringValue(name, *at)
		case **bool:
			err = to.WriteBoolValue(name, *at)
		case **int32:
			err = to.WriteInt32Value(name, *at)
		case nested:
			err = at.write(to, name)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (p properties) readers() readers {
	all := readers{}
	for name, at := range p {
		switch at := at.(type) {
		case **string:
			all[name] = abstractions.SetStringValue(func(value *string) { *at = value })
		case **bool:
			all[name] = abstractions.SetBoolValue(func(value *bool) { *at = value })
		case **int32:
			all[name] = abstractions.SetInt32Value(func(value *int32) { *at = value })
		case nested:
			all[name] = at.read
		}
	}
	return all
}
