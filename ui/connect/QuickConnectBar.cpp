#include "ui/connect/QuickConnectBar.h"

#include "base/DisplayText.h"
#include "net/CommandWords.h"
#include "profiles/OpenSshConfig.h"
#include "profiles/PastedCommand.h"
#include "profiles/ProfileStore.h"
#include "ui/errors/ErrorText.h"
#include "ui/theme/Icons.h"
#include "ui/widgets/ClearButton.h"
#include "ui/widgets/PlainLabel.h"

#include <QAction>
#include <QCompleter>
#include <QGridLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QShortcut>
#include <QStringListModel>

namespace ui {

QuickConnectBar::QuickConnectBar(const profiles::ProfileStore &store, QWidget *parent)
    : QWidget(parent)
    , m_store(store)
    , m_edit(new QLineEdit(this))
    , m_problem(new PlainLabel({}, PlainLabel::Role::Danger, this))
    , m_names(new QStringListModel(this))
{
    m_edit->setObjectName(QStringLiteral("quickConnectEdit"));
    m_edit->setAccessibleName(tr("Connect to"));
    m_edit->setPlaceholderText(tr("Connect to user@host, the name of a session, or a URL"));
    addClearButton(*m_edit);
    m_edit->addAction(Icons::icon(QStringLiteral("connect")), QLineEdit::LeadingPosition);
    auto *completer = new QCompleter(m_names, this);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    completer->setFilterMode(Qt::MatchContains);
    m_edit->setCompleter(completer);
    auto *button = new QPushButton(tr("Connect"), this);
    button->setObjectName(QStringLiteral("quickConnectButton"));
    button->setAccessibleName(tr("Connect"));
    m_problem->setObjectName(QStringLiteral("quickConnectProblem"));
    m_problem->hide();

    auto *layout = new QGridLayout(this);
    layout->setContentsMargins({});
    layout->setVerticalSpacing(2);
    layout->addWidget(m_edit, 0, 0);
    layout->addWidget(button, 0, 1);
    layout->addWidget(m_problem, 1, 0, 1, 2);

    connect(m_edit, &QLineEdit::returnPressed, this, &QuickConnectBar::submit);
    connect(m_edit, &QLineEdit::textEdited, this, [this] { showProblem({}); });
    connect(button, &QPushButton::clicked, this, &QuickConnectBar::submit);
    connect(&store, &profiles::ProfileStore::changed, this, &QuickConnectBar::updateCompletions);
    auto *escape = new QShortcut(Qt::Key_Escape, this);
    escape->setContext(Qt::WidgetWithChildrenShortcut);
    connect(escape, &QShortcut::activated, this, &QuickConnectBar::leave);
    updateCompletions();
}

void QuickConnectBar::setOpenSsh(const profiles::OpenSshConfig *openSsh)
{
    m_openSsh = openSsh;
    if (openSsh != nullptr) {
        connect(openSsh, &profiles::OpenSshConfig::changed, this,
                &QuickConnectBar::updateCompletions);
    }
    updateCompletions();
}

void QuickConnectBar::activate()
{
    m_edit->setFocus(Qt::ShortcutFocusReason);
    m_edit->selectAll();
}

void QuickConnectBar::leave()
{
    m_edit->clear();
    showProblem({});
    emit left();
}

void QuickConnectBar::submit()
{
    static const QString program = QStringLiteral("ssh ");
    const QString text = m_edit->text().trimmed();
    if (text.startsWith(program)) {
        submitCommand(text.sliced(program.size()));
    } else {
        submitText(text);
    }
}

void QuickConnectBar::submitText(const QString &text)
{
    const auto request = ConnectRequest::fromText(text, m_store, m_openSsh);
    if (!request) {
        showProblem(addressErrorText(request.error()));
        activate();
        return;
    }
    showProblem({});
    emit connectRequested(*request);
}

// As it stands in a manual. A host alone may be an alias or a session.
void QuickConnectBar::submitCommand(const QString &command)
{
    const auto words = net::commandWords(command);
    if (!words) {
        showProblem(words.error() == net::CommandProblem::NeedsShell
                        ? tr("Only a shell could make sense of this command. Leave out variables, "
                             "pipes and wildcards.")
                        : tr("The command is not complete: a quotation mark has no end, or the "
                             "host is missing."));
        activate();
        return;
    }
    if (words->size() == 1 && !words->first().startsWith(u'-')) {
        submitText(words->first());
        return;
    }
    const auto pasted = profiles::PastedCommand::parse(*words);
    if (!pasted) {
        showProblem(pastedCommandErrorText(pasted.error()));
        activate();
    } else {
        const QString leftOut = base::displayText(pasted->leftOut.join(QStringLiteral(", ")));
        showProblem(leftOut.isEmpty()
                        ? QString()
                        : tr("Without what a session has no place for: %1").arg(leftOut));
        emit connectRequested({.profile = pasted->profile});
    }
}

void QuickConnectBar::showProblem(const QString &text)
{
    m_problem->setText(text);
    m_problem->setVisible(!text.isEmpty());
    m_edit->setAccessibleDescription(text);
}

void QuickConnectBar::updateCompletions()
{
    QStringList names;
    for (const profiles::Profile &profile : m_store.profiles()) {
        names.append(profile.title());
    }
    if (m_openSsh != nullptr) {
        names.append(m_openSsh->aliases());
    }
    m_names->setStringList(names);
}

} // namespace ui
