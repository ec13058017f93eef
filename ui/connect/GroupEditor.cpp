#include "ui/connect/GroupEditor.h"

#include "profiles/ProfileStore.h"
#include "ui/connect/GroupPage.h"
#include "ui/connect/ProfileForm.h"
#include "ui/connect/TransportPage.h"
#include "ui/errors/SessionsErrorText.h"
#include "ui/widgets/PlainLabel.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui {
namespace {

constexpr int usualWidth = 116; // as ProfileEditor's

// A group cannot be in itself.
QStringList groupsOutside(const QString &path, const QStringList &groups)
{
    QStringList result;
    for (const QString &group : groups) {
        if (path.isEmpty() || (group != path && !group.startsWith(path + u'/'))) {
            result.append(group);
        }
    }
    return result;
}

} // namespace

GroupEditor::GroupEditor(const QString &path, profiles::ProfileStore &store,
                         const settings::Settings &settings, const QStringList &aliases,
                         QWidget *parent)
    : Sheet(parent)
    , m_path(path)
    , m_store(store)
    , m_before(store.groupDefaults(path))
    , m_form(new ProfileForm(store, settings, this))
    , m_problem(new PlainLabel({}, PlainLabel::Role::Danger, this))
{
    setObjectName(QStringLiteral("groupEditor"));
    const QString title = path.isEmpty() ? tr("New group") : tr("Edit group");
    setAccessibleName(title);
    m_problem->setObjectName(QStringLiteral("groupProblem"));
    m_problem->hide();
    m_form->addPage(new GroupPage(groupsOutside(path, store.groups())));
    m_form->addCommonPages(TransportPage::Scope::Group, aliases);
    profiles::Profile group = m_before;
    group.name = path.section(u'/', -1);
    group.group = profiles::parentGroup(path);
    m_form->load(group);
    setFocusProxy(m_form->focusProxy());

    auto *layout = new QVBoxLayout(this);
    layout->addWidget(new PlainLabel(title, PlainLabel::Role::Title, this));
    layout->addWidget(m_form, 1);
    layout->addWidget(m_problem);
    layout->addLayout(createButtons());
}

int GroupEditor::widthInCharacters() const
{
    return usualWidth;
}

QLayout *GroupEditor::createButtons()
{
    auto *save = new QPushButton(tr("Save"), this);
    save->setObjectName(QStringLiteral("groupSave"));
    auto *cancel = new QPushButton(tr("Cancel"), this);
    cancel->setObjectName(QStringLiteral("groupCancel"));
    setDefaultButton(save);
    connect(save, &QPushButton::clicked, this, &GroupEditor::submit);
    connect(cancel, &QPushButton::clicked, this, &Sheet::cancel);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(save);
    buttons->addWidget(cancel);
    return buttons;
}

void GroupEditor::submit()
{
    QString problem = m_form->problem();
    if (problem.isEmpty()) {
        problem = save(m_form->stored(m_before));
    }
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
    if (problem.isEmpty()) {
        finish();
    }
}

QString GroupEditor::save(const profiles::Profile &edited)
{
    const QString path = profiles::normalizedGroup(QString(edited.group + u'/' + edited.name));
    if (path != m_path && m_store.groups().contains(path)) {
        return tr("There is a group of that name already.");
    }
    if (!m_path.isEmpty() && path.startsWith(m_path + u'/')) {
        return tr("A group cannot be moved into itself.");
    }
    if (!m_path.isEmpty() && path != m_path) {
        if (const auto moved = m_store.moveGroup(m_path, path); !moved) {
            return sessionsNotSaved(moved.error()).toSentence();
        }
    }
    const auto saved = m_store.saveGroup(path, edited, m_before);
    return saved ? QString() : sessionsNotSaved(saved.error()).toSentence();
}

} // namespace ui
