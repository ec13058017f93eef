#include "ui/main/TabWindow.h"

#include "ui/main/ConnectionPage.h"
#include "ui/theme/Icons.h"

#include <QAction>
#include <QCloseEvent>
#include <QHBoxLayout>
#include <QMenu>
#include <QPushButton>
#include <QStyle>
#include <QToolButton>
#include <QVBoxLayout>

namespace ui {

TabWindow::TabWindow(ConnectionPage &page, const QList<QAction *> &actions)
    : QWidget(nullptr, Qt::Window)
    , m_page(page)
{
    setObjectName(QStringLiteral("tabWindow"));
    addActions(actions);
    auto *menu = new QMenu(this);
    menu->addActions(actions);
    auto *button = new QToolButton;
    button->setObjectName(QStringLiteral("tabWindowMenu"));
    button->setAccessibleName(tr("Menu"));
    button->setToolTip(tr("Menu"));
    button->setIcon(Icons::icon(QStringLiteral("menu")));
    button->setMenu(menu);
    button->setPopupMode(QToolButton::InstantPopup);
    button->setAutoRaise(true);
    button->setStyleSheet(QStringLiteral("QToolButton::menu-indicator { image: none; }"));
    auto *back = new QPushButton(tr("Back among the tabs"));
    back->setObjectName(QStringLiteral("tabWindowBack"));
    connect(back, &QPushButton::clicked, this, &TabWindow::backRequested);
    auto *row = new QHBoxLayout;
    const int margin = style()->pixelMetric(QStyle::PM_LayoutLeftMargin);
    row->setContentsMargins(margin, margin / 2, margin, 0);
    row->addStretch(1);
    row->addWidget(back);
    row->addWidget(button);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addLayout(row);
    layout->addWidget(&page, 1);
    page.show(); // a tab behind was hidden
}

ConnectionPage &TabWindow::takePage()
{
    m_page.setParent(nullptr);
    return m_page;
}

void TabWindow::closeEvent(QCloseEvent *event)
{
    event->ignore(); // it goes with the page
    m_page.requestClose();
}

} // namespace ui
