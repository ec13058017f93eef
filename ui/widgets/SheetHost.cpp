#include "ui/widgets/SheetHost.h"

#include "ui/widgets/Sheet.h"

#include <QEvent>
#include <QPainter>
#include <QScrollArea>
#include <QStyle>

namespace ui {
namespace {

class Shade final : public QWidget
{
public:
    using QWidget::QWidget;

protected:
    void paintEvent(QPaintEvent *) override
    {
        QColor color = palette().color(QPalette::Window);
        color.setAlphaF(0.65F);
        QPainter(this).fillRect(rect(), color);
    }
};

} // namespace

SheetHost::SheetHost(QWidget *parent)
    : QWidget(parent)
    , m_shade(new Shade(this))
    , m_scroll(new QScrollArea(this))
{
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->viewport()->setAutoFillBackground(false);
    m_shade->hide();
    m_scroll->hide();
}

void SheetHost::setContent(QWidget *content)
{
    Q_ASSERT(m_content == nullptr);
    m_content = content;
    m_content->setParent(this);
    m_content->lower();
    m_content->show();
    arrange();
}

void SheetHost::present(Sheet *sheet)
{
    sheet->setParent(this);
    sheet->hide();
    m_sheets.append(sheet);
    connect(sheet, &Sheet::finished, this, [this, sheet] { handleEnd(sheet); });
    if (m_sheets.size() == 1) {
        showFirst();
    }
}

void SheetHost::showFirst()
{
    Sheet *sheet = m_sheets.first();
    QWidget *focus = window()->focusWidget();
    const bool takesFocus = focus == nullptr || m_content == nullptr || isAncestorOf(focus);
    const bool isInSight = isVisible() && focus != nullptr && focus->isVisible();
    if (isInSight) { // not in another tab, nor in the sheet that has just gone
        m_focusBefore = focus;
    }

    m_scroll->setWidget(sheet);
    sheet->setAutoFillBackground(false); // the scroll area turned it on
    sheet->installEventFilter(this);
    m_shade->show();
    m_shade->raise();
    m_scroll->show();
    m_scroll->raise();
    sheet->show();
    arrange();
    if (takesFocus) {
        // Styles show the focus of a button only to those who use keys: here Enter will press it.
        window()->setAttribute(Qt::WA_KeyboardFocusChange);
        sheet->setFocus();
    }
    if (m_content != nullptr) {
        m_content->setEnabled(false);
    }
}

bool SheetHost::hasFocusToGive() const
{
    const QWidget *focus = window()->focusWidget();
    return isVisible() && m_sheets.isEmpty() && (focus == nullptr || isAncestorOf(focus));
}

void SheetHost::handleEnd(Sheet *sheet)
{
    const bool wasShown = currentSheet() == sheet;
    m_sheets.removeOne(sheet);
    if (wasShown) {
        m_scroll->takeWidget();
        sheet->setParent(this); // it is deleted soon; until then it must not become a window
    }
    if (!m_sheets.isEmpty()) {
        if (wasShown) {
            showFirst();
        }
        return;
    }
    m_shade->hide();
    m_scroll->hide();
    if (m_content != nullptr) {
        m_content->setEnabled(true);
    }
    if (sheet->hadFocus() && m_focusBefore && isVisible()) {
        m_focusBefore->setFocus();
    }
    m_focusBefore.clear();
}

void SheetHost::arrange()
{
    if (m_content != nullptr) {
        m_content->setGeometry(rect());
    }
    m_shade->setGeometry(rect());
    auto *sheet = qobject_cast<Sheet *>(m_scroll->widget());
    if (sheet == nullptr) {
        return;
    }

    const int margin = style()->pixelMetric(QStyle::PM_LayoutTopMargin, nullptr, this);
    const int usual = fontMetrics().averageCharWidth() * sheet->widthInCharacters();
    const int wanted = std::max(usual, sheet->minimumSizeHint().width());
    const int width = std::min(wanted, this->width() - 2 * margin);
    const int needed
        = sheet->hasHeightForWidth() ? sheet->heightForWidth(width) : sheet->sizeHint().height();
    const int height = std::min(needed, this->height() - 2 * margin);
    // Qt keeps a bar that it has once shown if the narrower text beside it would need one.
    m_scroll->setVerticalScrollBarPolicy(needed > height ? Qt::ScrollBarAsNeeded
                                                         : Qt::ScrollBarAlwaysOff);
    m_scroll->setGeometry((this->width() - width) / 2, margin, width, height);
}

void SheetHost::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange();
}

void SheetHost::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (currentSheet() != nullptr) {
        currentSheet()->setFocus();
    }
}

bool SheetHost::eventFilter(QObject *watched, QEvent *event)
{
    // The sheet's own size wishes: a detail folded out, a longer text.
    if (event->type() == QEvent::LayoutRequest) {
        arrange();
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace ui
