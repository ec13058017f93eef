// SheetHost: a tab's content, and over its upper part the sheet that asks something. While one is
// shown the content is dimmed and takes no input; further sheets wait until it has gone.

#pragma once

#include <QList>
#include <QPointer>
#include <QWidget>

class QScrollArea;

namespace ui {

class Sheet;

class SheetHost final : public QWidget
{
    Q_OBJECT

public:
    explicit SheetHost(QWidget *parent = nullptr);

    // Takes the widget.
    void setContent(QWidget *content);

    // Takes the sheet, and gives it the focus if the host is visible and the focus was in the
    // content or nowhere. When the last one has gone the focus returns to where it was before the
    // first one came, unless it has left the sheet meanwhile.
    void present(Sheet *sheet);

    // Null if none is shown.
    Sheet *currentSheet() const { return m_sheets.isEmpty() ? nullptr : m_sheets.first(); }

    // Whether the content may move the focus: nobody is asked, and nobody types outside of the
    // host, say into the palette, for what comes next would go elsewhere.
    bool hasFocusToGive() const;

protected:
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void showFirst();
    void handleEnd(Sheet *sheet);
    void arrange();

    QWidget *m_content = nullptr;
    QWidget *m_shade;
    QScrollArea *m_scroll;
    QList<Sheet *> m_sheets; // the first is shown
    QPointer<QWidget> m_focusBefore;
};

} // namespace ui
