#include "ui/terminal/ShellHookHelp.h"

#include "ui/terminal/ShellHook.h"
#include "ui/widgets/PlainLabel.h"

#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui {

ShellHookHelp::ShellHookHelp(QWidget *parent)
    : QWidget(parent)
    , m_shell(new QComboBox)
    , m_line(new QLineEdit)
    , m_where(new PlainLabel({}, PlainLabel::Role::Subtle))
{
    setObjectName(QStringLiteral("shellHookHelp"));
    m_shell->setObjectName(QStringLiteral("shellHookShell"));
    m_shell->setAccessibleName(tr("Shell on the server"));
    m_line->setObjectName(QStringLiteral("shellHookLine"));
    m_line->setAccessibleName(tr("Line for the shell"));
    m_line->setReadOnly(true);
    for (const ShellHook &hook : ShellHook::all()) {
        m_shell->addItem(hook.shell);
    }
    auto *copy = new QPushButton(tr("Copy the line"));
    copy->setObjectName(QStringLiteral("shellHookCopy"));
    auto *type = new QPushButton(tr("Type it here"));
    type->setObjectName(QStringLiteral("shellHookType"));
    type->setToolTip(tr("At the prompt of this terminal. It runs when you press Enter there."));

    setFocusProxy(copy);
    auto *row = new QHBoxLayout;
    row->addWidget(m_shell);
    row->addWidget(m_line, 1);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(copy);
    buttons->addWidget(type);
    buttons->addStretch(1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(new PlainLabel(
        tr("This shell does not tell where its commands begin and end. With the line below it "
           "does, and tells its directory too: then commands are listed here, and the files can "
           "follow the terminal."),
        PlainLabel::Role::Text));
    layout->addLayout(row);
    layout->addWidget(m_where);
    layout->addLayout(buttons);

    connect(m_shell, &QComboBox::currentIndexChanged, this, &ShellHookHelp::showHook);
    connect(copy, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_line->text()); });
    connect(type, &QPushButton::clicked, this, [this] { emit typeRequested(m_line->text()); });
    showHook();
}

void ShellHookHelp::showHook()
{
    const ShellHook &hook = ShellHook::all()[m_shell->currentIndex()];
    m_line->setText(hook.line);
    m_line->setCursorPosition(0);
    m_where->setText(tr("It holds until that shell ends. Put it at the end of %1 on the server to "
                        "have it always.")
                         .arg(hook.file));
}

} // namespace ui
