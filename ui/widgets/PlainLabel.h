// Labels that never take what they show for markup: for every text that may come from a server, a
// file or the user. Whoever shows foreign text passes it through base::displayText() first.

#pragma once

#include <QLabel>

namespace ui {

class PlainLabel final : public QLabel
{
    Q_OBJECT

public:
    enum class Role {
        Text, // wraps
        Title, // wraps, bold and a little larger
        Subtle, // wraps, in the quieter color of Theme
        Danger, // wraps, in the color of what went wrong
        Value, // can be selected with mouse and keyboard, and copied
        Code, // likewise, in the system's fixed-width font
    };

    explicit PlainLabel(const QString &text, Role role = Role::Text, QWidget *parent = nullptr);

    // One word that is too long to wrap, such as the name of a file, does not make a window wide:
    // where there is no room for its end, that is not seen.
    QSize minimumSizeHint() const override;

protected:
    void changeEvent(QEvent *event) override;

private:
    void followPalette();

    Role m_role;
};

} // namespace ui
