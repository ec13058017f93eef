#include "ui/main/ViewSwitch.h"

#include "ui/theme/Icons.h"
#include "ui/theme/Theme.h"

#include <QButtonGroup>
#include <QEvent>
#include <QHBoxLayout>
#include <QToolButton>

namespace ui {

ViewSwitch::View ViewSwitch::fromName(const QString &name)
{
    if (name == u"terminal") {
        return View::Terminal;
    }
    return name == u"files" ? View::Files : View::Both;
}

QString ViewSwitch::name(View view)
{
    switch (view) {
    case View::Terminal:
        return QStringLiteral("terminal");
    case View::Files:
        return QStringLiteral("files");
    case View::Both:
        break;
    }
    return QStringLiteral("both");
}

ViewSwitch::ViewSwitch(QWidget *parent)
    : QWidget(parent)
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    m_terminal = add(View::Terminal, QStringLiteral("terminal"), tr("Terminal"), tr("Terminal"));
    m_files = add(View::Files, QStringLiteral("files"), tr("Files"), tr("Files"));
    m_both = add(View::Both, QStringLiteral("both"), tr("Both"), tr("Terminal and files"));
    m_terminal->setObjectName(QStringLiteral("viewTerminal"));
    m_files->setObjectName(QStringLiteral("viewFiles"));
    m_both->setObjectName(QStringLiteral("viewBoth"));
    auto *group = new QButtonGroup(this);
    for (QToolButton *button : {m_terminal, m_files, m_both}) {
        group->addButton(button);
    }
    setView(m_view);
}

void ViewSwitch::setView(View view)
{
    m_view = view;
    m_terminal->setChecked(view == View::Terminal);
    m_files->setChecked(view == View::Files);
    m_both->setChecked(view == View::Both);
    markChosen();
}

void ViewSwitch::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        markChosen();
    }
}

void ViewSwitch::markChosen()
{
    for (QToolButton *button : {m_terminal, m_files, m_both}) {
        QPalette palette; // empty: all colors come from this widget
        if (button->isChecked()) {
            palette.setColor(QPalette::Button, Theme::chosenGround(this->palette()));
        }
        button->setPalette(palette);
    }
}

QToolButton *ViewSwitch::add(View view, const QString &icon, const QString &text,
                             const QString &name)
{
    auto *button = new QToolButton(this);
    button->setIcon(Icons::icon(icon));
    button->setText(text);
    button->setAccessibleName(name);
    button->setToolTip(name);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setCheckable(true);
    button->setFocusPolicy(Qt::TabFocus);
    layout()->addWidget(button);
    connect(button, &QToolButton::clicked, this, [this, view] {
        setView(view);
        emit viewChosen(view);
    });
    return button;
}

} // namespace ui
