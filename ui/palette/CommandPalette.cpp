#include "ui/palette/CommandPalette.h"

#include "ui/palette/PaletteDelegate.h"
#include "ui/widgets/ClearButton.h"
#include "ui/widgets/PlainLabel.h"

#include <QApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace ui {
namespace {

// In characters and rows of the user's font.
constexpr int usualWidth = 80;
constexpr int usualRows = 12;
constexpr int pageRows = 8;

} // namespace

CommandPalette::CommandPalette(QWidget &window)
    : Panel(std::nullopt, &window)
    , m_window(window)
    , m_field(new QLineEdit)
    , m_list(new QListView)
    , m_nothing(new PlainLabel(tr("Nothing has that name."), PlainLabel::Role::Subtle))
    , m_model(new PaletteModel(this))
{
    setObjectName(QStringLiteral("commandPalette"));
    setAccessibleName(tr("Find a session, a tab or an action"));
    setAutoFillBackground(true);
    m_field->setObjectName(QStringLiteral("paletteEdit"));
    m_field->setAccessibleName(tr("Find a session, a tab or an action"));
    m_field->setPlaceholderText(tr("Session, tab or action…"));
    addClearButton(*m_field);
    m_field->installEventFilter(this);
    m_list->setObjectName(QStringLiteral("paletteList"));
    m_list->setAccessibleName(tr("Found"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setUniformItemSizes(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setItemDelegate(new PaletteDelegate(m_list));
    m_list->setModel(m_model);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_field);
    layout->addWidget(m_list, 1);
    layout->addWidget(m_nothing);

    connect(m_field, &QLineEdit::textChanged, this, &CommandPalette::search);
    connect(m_list, &QListView::clicked, this, &CommandPalette::run);
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget *, QWidget *now) {
        if (isVisible() && now != nullptr && now != this && !isAncestorOf(now)) {
            hide(); // it went elsewhere by itself
        }
    });
    window.installEventFilter(this);
    hide();
}

CommandPalette::~CommandPalette()
{
    qApp->disconnect(this); // its field loses the focus when most of it is gone
}

void CommandPalette::open(const QList<PaletteItem> &items,
                          const std::function<PaletteItem(const QString &)> &otherwise)
{
    if (!isVisible()) {
        m_focusBefore = QApplication::focusWidget();
    }
    m_model->setItems(items);
    m_otherwise = otherwise;
    m_field->clear();
    search({});
    place();
    show();
    raise();
    m_field->setFocus(Qt::ShortcutFocusReason);
}

void CommandPalette::search(const QString &typed)
{
    const QString name = typed.trimmed();
    m_model->search(typed, name.isEmpty() || !m_otherwise ? PaletteItem() : m_otherwise(name));
    m_list->setCurrentIndex(m_model->index(0, 0));
    m_list->setVisible(m_model->rowCount() > 0);
    m_nothing->setVisible(m_model->rowCount() == 0);
}

// At the top of the window, in its middle.
void CommandPalette::place()
{
    const QFontMetrics metrics = fontMetrics();
    const int margin = metrics.lineSpacing();
    const int width = std::min(metrics.averageCharWidth() * usualWidth, m_window.width() - margin);
    const int height
        = std::min(metrics.lineSpacing() * usualRows * 3 / 2, m_window.height() - 2 * margin);
    setGeometry((m_window.width() - width) / 2, margin, width, height);
}

void CommandPalette::step(int by)
{
    const int rows = m_model->rowCount();
    if (rows > 0) {
        const int row = std::clamp(m_list->currentIndex().row() + by, 0, rows - 1);
        m_list->setCurrentIndex(m_model->index(row, 0));
    }
}

void CommandPalette::run(const QModelIndex &index)
{
    if (index.isValid()) {
        const auto chosen = m_model->item(index).run; // it may open the palette anew
        close();
        chosen();
    }
}

void CommandPalette::close()
{
    hide();
    if (m_focusBefore != nullptr && m_focusBefore->isVisible()) {
        m_focusBefore->setFocus(Qt::PopupFocusReason);
    } else {
        emit left();
    }
}

bool CommandPalette::handleKey(int key)
{
    switch (key) {
    case Qt::Key_Escape:
        close();
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        run(m_list->currentIndex());
        return true;
    case Qt::Key_Up:
        step(-1);
        return true;
    case Qt::Key_Down:
        step(1);
        return true;
    case Qt::Key_PageUp:
        step(-pageRows);
        return true;
    case Qt::Key_PageDown:
        step(pageRows);
        return true;
    default:
        return false;
    }
}

bool CommandPalette::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_field && event->type() == QEvent::KeyPress
        && handleKey(static_cast<QKeyEvent *>(event)->key())) {
        return true;
    }
    if (watched == &m_window && event->type() == QEvent::Resize && isVisible()) {
        place();
    }
    return Panel::eventFilter(watched, event);
}

} // namespace ui
