#include "ui/files/PaneHeader.h"

#include "ui/files/PaneActions.h"
#include "ui/files/PaneBookmarks.h"
#include "ui/files/PathBar.h"
#include "ui/theme/Icons.h"
#include "ui/widgets/IconLabel.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QStyle>
#include <QToolButton>
#include <QVBoxLayout>

namespace ui {
namespace {

QIcon iconOf(Place place)
{
    return Icons::icon(place == Place::ThisComputer ? QStringLiteral("computer")
                                                    : QStringLiteral("server"));
}

QToolButton *createButton(QAction *action, QWidget *parent)
{
    auto *button = new QToolButton(parent);
    button->setDefaultAction(action);
    button->setObjectName(action->objectName() + QStringLiteral("Button"));
    button->setAccessibleName(action->text().remove(QChar(u'…')));
    button->setAutoRaise(true);
    return button;
}

} // namespace

PaneHeader::PaneHeader(const QString &idPrefix, Place place, const PaneActions &actions,
                       QWidget *parent)
    : QWidget(parent)
    , m_title(new QLabel(this))
    , m_path(new PathBar(this))
    , m_bookmarks(new PaneBookmarks(this))
{
    m_title->setObjectName(idPrefix + QStringLiteral("Title"));
    m_title->setTextFormat(Qt::PlainText);
    m_title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    QFont bold = m_title->font();
    bold.setBold(true);
    m_title->setFont(bold);
    m_path->setObjectName(idPrefix + QStringLiteral("Path"));

    auto *titleRow = new QHBoxLayout;
    titleRow->addWidget(new IconLabel(iconOf(place), this));
    titleRow->addWidget(m_title, 1);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(0);
    for (QAction *action :
         {actions.back, actions.forward, actions.up, actions.home, actions.refresh,
          actions.newFolder, actions.filter, actions.showHidden}) {
        buttons->addWidget(createButton(action, this));
    }
    m_bookmarks->setObjectName(idPrefix + QStringLiteral("Bookmarks"));
    buttons->insertWidget(4, m_bookmarks); // beside the way home
    titleRow->addLayout(buttons);

    auto *layout = new QVBoxLayout(this);
    const int space = style()->pixelMetric(QStyle::PM_LayoutVerticalSpacing, nullptr, this) / 2;
    layout->setContentsMargins(space, space, space, space);
    layout->setSpacing(space);
    layout->addLayout(titleRow);
    layout->addWidget(m_path);
}

void PaneHeader::setTitle(const QString &title)
{
    m_title->setText(title);
}

} // namespace ui
