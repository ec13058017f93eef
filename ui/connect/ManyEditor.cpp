#include "ui/connect/ManyEditor.h"

#include "base/DisplayText.h"
#include "profiles/ProfileStore.h"
#include "profiles/TargetName.h"
#include "ui/connect/EnvironmentText.h"
#include "ui/connect/SessionChanges.h"
#include "ui/connect/SessionColor.h"
#include "ui/connect/SessionIcon.h"
#include "ui/widgets/PlainLabel.h"

#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace ui {
namespace {

namespace fields = profiles::fields;
using profiles::EnvironmentClass;
using profiles::Profile;

constexpr int highestPort = 65535;
constexpr int namesShown = 4;

QStringList words(const QString &text)
{
    return profiles::normalizedTags(text.split(u','));
}

QString titles(const QList<Profile> &sessions)
{
    QStringList names;
    for (const Profile &profile :
         sessions.first(std::min<qsizetype>(namesShown, sessions.size()))) {
        names.append(base::displayText(profile.title()));
    }
    if (sessions.size() > namesShown) {
        names.append(QStringLiteral("…"));
    }
    return names.join(QStringLiteral(", "));
}

} // namespace

template<typename Get>
auto ManyEditor::common(Get get) const
    -> std::optional<std::decay_t<decltype(get(profiles::Profile()))>>
{
    const auto first = get(m_sessions.first());
    const bool isSame = std::ranges::all_of(
        m_sessions, [&](const Profile &profile) { return get(profile) == first; });
    return isSame ? std::optional(first) : std::nullopt;
}

ManyEditor::ManyEditor(const QList<Profile> &sessions, const profiles::ProfileStore &store,
                       SessionChanges &changes, QWidget *parent)
    : Sheet(parent)
    , m_sessions(sessions)
    , m_changes(changes)
    , m_grid(new QGridLayout)
    , m_problem(new PlainLabel({}, PlainLabel::Role::Danger, this))
{
    setObjectName(QStringLiteral("manyEditor"));
    const int count = static_cast<int>(sessions.size());
    const QString title = tr("Change %n sessions", nullptr, count);
    setAccessibleName(title);
    m_problem->setObjectName(QStringLiteral("manyProblem"));
    m_problem->hide();
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(new PlainLabel(title, PlainLabel::Role::Title, this));
    layout->addWidget(new PlainLabel(titles(sessions), PlainLabel::Role::Value, this));
    layout->addWidget(new PlainLabel(tr("What is ticked becomes the same in all of them; "
                                        "everything else stays as it is in each. Where a field "
                                        "is left empty, the value of the group holds."),
                                     PlainLabel::Role::Subtle, this));
    layout->addLayout(m_grid);
    layout->addWidget(m_problem);
    layout->addLayout(createButtons());
    addRows(store);
    setFocusProxy(m_rows.first().isChanged);
    updateSave();
}

void ManyEditor::addRows(const profiles::ProfileStore &store)
{
    addGroup(store);
    addLine(tr("User"), QStringLiteral("manyUser"),
            common([](const Profile &profile) { return profile.user; }).value_or(QString()),
            [](Profile &profile, const QString &text) { profile.user = text.trimmed(); })
        ->setPlaceholderText(common([](const Profile &profile) { return profile.user; })
                                 ? QString()
                                 : tr("They differ"));
    addPort();
    const auto keyFiles = [](const Profile &profile) { return profile.identityFiles; };
    addLine(tr("Key file"), QStringLiteral("manyKeyFile"),
            common(keyFiles).value_or(QStringList()).value(0),
            [](Profile &profile, const QString &text) {
                profile.identityFiles
                    = text.trimmed().isEmpty() ? QStringList() : QStringList{text.trimmed()};
                profile.keepDefault(fields::identityFiles, false);
            })
        ->setPlaceholderText(common(keyFiles) ? QString() : tr("They differ"));
    addEnvironment();
    addColor();
    addIcon();
    addLine(tr("Add tags"), QStringLiteral("manyTagsAdded"), {},
            [](Profile &profile, const QString &text) {
                profile.tags = profiles::normalizedTags(profile.tags + words(text));
            })
        ->setPlaceholderText(tr("for example web, Berlin"));
    addLine(tr("Take tags away"), QStringLiteral("manyTagsRemoved"), {},
            [](Profile &profile, const QString &text) {
                const QStringList gone = words(text);
                profile.tags.removeIf(
                    [&](const QString &tag) { return gone.contains(tag, Qt::CaseInsensitive); });
            });
    const auto command = [](const Profile &profile) { return profile.startupCommand; };
    addLine(tr("Start-up command"), QStringLiteral("manyCommand"),
            common(command).value_or(QString()),
            [](Profile &profile, const QString &text) {
                profile.startupCommand = text.trimmed();
                profile.keepDefault(fields::startupCommand, false);
            })
        ->setPlaceholderText(common(command) ? tr("The login shell") : tr("They differ"));
    addSwitch(tr("Lend the SSH agent"), QStringLiteral("manyForwardAgent"), &Profile::forwardAgent,
              fields::forwardAgent);
    addSwitch(tr("Ask each time its key is used"), QStringLiteral("manyAsksForAgent"),
              &Profile::asksForAgent, fields::asksForAgent);
}

QCheckBox *ManyEditor::addRow(const QString &label, const QString &name, QWidget *field,
                              std::function<void(Profile &)> store)
{
    auto *box = new QCheckBox(label, this);
    box->setObjectName(name + QStringLiteral("Changed"));
    box->setAccessibleName(tr("Change: %1").arg(label));
    field->setObjectName(name);
    field->setAccessibleName(label);
    const int row = m_grid->rowCount();
    m_grid->addWidget(box, row, 0);
    m_grid->addWidget(field, row, 1);
    m_grid->setColumnStretch(1, 1);
    connect(box, &QCheckBox::toggled, this, &ManyEditor::updateSave);
    m_rows.append({box, field, std::move(store)});
    return box;
}

QLineEdit *ManyEditor::addLine(const QString &label, const QString &name, const QString &common,
                               std::function<void(Profile &, const QString &)> store)
{
    auto *line = new QLineEdit(common, this);
    QCheckBox *box = addRow(label, name, line, [line, store = std::move(store)](Profile &profile) {
        store(profile, line->text());
    });
    connect(line, &QLineEdit::textEdited, this, [this, box] {
        box->setChecked(true);
        updateSave();
    });
    return line;
}

void ManyEditor::addPort()
{
    auto *port = new QSpinBox(this);
    port->setRange(0, highestPort);
    const auto value = common(
        [](const Profile &profile) { return profile.isOwn(fields::port) ? int(profile.port) : 0; });
    port->setSpecialValueText(value ? tr("As the group says") : tr("They differ"));
    port->setValue(value.value_or(0));
    QCheckBox *box = addRow(tr("Port"), QStringLiteral("manyPort"), port, [port](Profile &profile) {
        profile.port = port->value() == 0 ? Profile().port : static_cast<quint16>(port->value());
        profile.keepDefault(fields::port, port->value() != 0);
    });
    connect(port, &QSpinBox::valueChanged, box, [box] { box->setChecked(true); });
    connect(box, &QCheckBox::toggled, port,
            [port] { port->setSpecialValueText(tr("As the group says")); });
}

void ManyEditor::addGroup(const profiles::ProfileStore &store)
{
    auto *group = new QComboBox(this);
    group->setEditable(true);
    group->addItem(QString());
    group->addItems(store.groups());
    const auto value = common([](const Profile &profile) { return profile.group; });
    group->setEditText(value.value_or(QString()));
    group->lineEdit()->setPlaceholderText(value ? tr("None: at the top") : tr("They differ"));
    QCheckBox *box
        = addRow(tr("Group"), QStringLiteral("manyGroup"), group, [group](Profile &profile) {
              const QString path = profiles::normalizedGroup(group->currentText());
              profile.position = path == profile.group ? profile.position : 0;
              profile.group = path;
          });
    connect(group, &QComboBox::editTextChanged, box, [box] { box->setChecked(true); });
}

void ManyEditor::addEnvironment()
{
    auto *environment = new QComboBox(this);
    environment->addItem(tr("As the group says"), static_cast<int>(EnvironmentClass::None));
    for (const EnvironmentClass one :
         {EnvironmentClass::Production, EnvironmentClass::Staging, EnvironmentClass::Development}) {
        environment->addItem(environmentText(one), static_cast<int>(one));
    }
    const auto value = common([](const Profile &profile) { return profile.environmentClass; });
    addChoice(tr("Environment"), QStringLiteral("manyEnvironment"), environment,
              value ? std::optional<QVariant>(static_cast<int>(*value)) : std::nullopt,
              [](Profile &profile, const QVariant &chosen) {
                  profile.environmentClass = static_cast<EnvironmentClass>(chosen.toInt());
                  profile.keepDefault(fields::environmentClass, false);
              });
}

void ManyEditor::addChoice(const QString &label, const QString &name, QComboBox *box,
                           const std::optional<QVariant> &common,
                           std::function<void(Profile &, const QVariant &)> store)
{
    box->setParent(this);
    box->setPlaceholderText(tr("They differ"));
    box->setCurrentIndex(common ? box->findData(*common) : -1);
    QCheckBox *changed
        = addRow(label, name, box, [box, store = std::move(store)](Profile &profile) {
              store(profile, box->currentData());
          });
    connect(box, &QComboBox::currentIndexChanged, changed,
            [changed] { changed->setChecked(true); });
}

void ManyEditor::addColor()
{
    auto *color = new QComboBox(this);
    color->addItem(tr("As the group says"), QString());
    addSessionColors(*color);
    addChoice(tr("Color"), QStringLiteral("manyColor"), color,
              common([](const Profile &profile) { return profile.color; }),
              [](Profile &profile, const QVariant &value) {
                  profile.color = value.toString();
                  profile.keepDefault(fields::color, false);
              });
}

void ManyEditor::addIcon()
{
    auto *icon = new QComboBox(this);
    icon->addItem(tr("As the group says"), QString());
    addSessionIcons(*icon);
    addChoice(tr("Icon"), QStringLiteral("manyIcon"), icon,
              common([](const Profile &profile) { return profile.icon; }),
              [](Profile &profile, const QVariant &value) {
                  profile.icon = value.toString();
                  profile.keepDefault(fields::icon, false);
              });
}

void ManyEditor::addSwitch(const QString &label, const QString &name, bool Profile::*member,
                           QLatin1StringView field)
{
    auto *choice = new QComboBox(this);
    choice->addItem(tr("No"), false);
    choice->addItem(tr("Yes"), true);
    addChoice(label, name, choice,
              common([member](const Profile &profile) { return profile.*member; }),
              [member, field](Profile &profile, const QVariant &value) {
                  profile.*member = value.toBool();
                  profile.keepDefault(field, true);
              });
}

QLayout *ManyEditor::createButtons()
{
    m_save = new QPushButton(tr("Save"), this);
    m_save->setObjectName(QStringLiteral("manySave"));
    auto *cancelButton = new QPushButton(tr("Cancel"), this);
    cancelButton->setObjectName(QStringLiteral("manyCancel"));
    setDefaultButton(m_save);
    connect(m_save, &QPushButton::clicked, this, &ManyEditor::submit);
    connect(cancelButton, &QPushButton::clicked, this, &Sheet::cancel);
    auto *row = new QHBoxLayout;
    row->addStretch();
    row->addWidget(m_save);
    row->addWidget(cancelButton);
    return row;
}

QString ManyEditor::problem() const
{
    for (const Row &row : m_rows) {
        const auto *box = qobject_cast<const QComboBox *>(row.field);
        if (box != nullptr && row.isChanged->isChecked() && !box->isEditable()
            && box->currentIndex() < 0) {
            return tr("Choose what “%1” is to become.").arg(row.isChanged->text());
        }
    }
    const auto *user = findChild<QLineEdit *>(QStringLiteral("manyUser"));
    const bool isUserChanged
        = findChild<QCheckBox *>(QStringLiteral("manyUserChanged"))->isChecked();
    const QString name = user->text().trimmed();
    return isUserChanged && !name.isEmpty() && !profiles::isAcceptableUser(name)
        ? tr("“%1” is no user name.").arg(base::displayText(name))
        : QString();
}

void ManyEditor::updateSave()
{
    m_save->setEnabled(
        std::ranges::any_of(m_rows, [](const Row &row) { return row.isChanged->isChecked(); }));
    m_problem->hide();
}

void ManyEditor::submit()
{
    if (const QString why = problem(); !why.isEmpty()) {
        m_problem->setText(why);
        m_problem->show();
        return;
    }
    QList<Profile> changed = m_sessions;
    for (Profile &profile : changed) {
        for (const Row &row : std::as_const(m_rows)) {
            if (row.isChanged->isChecked()) {
                row.store(profile);
            }
        }
    }
    if (m_changes.change(changed, m_sessions)) { // else it was told there, and stays here
        finish();
    }
}

} // namespace ui
